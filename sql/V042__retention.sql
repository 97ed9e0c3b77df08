-- After how many days the messages of a room are deleted; null is what the server's own setting says (--retention-days).
-- retentions holds the rooms that are looked after: up to which seq all is gone, and when to look again. A row is made when a
-- room is given a number of days and, where the server has one, for every room within the hour; it goes when nothing in the room
-- is to be deleted any more. Tombstones are left, as after every deletion.

alter table rooms add retention_days integer check (retention_days between 1 and 36500);

create table retentions (
  room_id uuid primary key references rooms,
  seq     bigint not null default 0 check (seq >= 0),
  due_at  timestamptz not null default now()
);

create index retentions_due on retentions (due_at);

drop trigger audit on rooms;
create trigger audit after insert or update or delete on rooms for each row execute function
  audit('{id}', '{id,kind,name,topic,avatar_url,archived_at,posting,history,retention_days,direct_low,direct_high,created_by,deleted_at}');

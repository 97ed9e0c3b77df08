-- What a room is set to, and what each member has set for it. from_seq is the first message that a member may see (0: all);
-- a member's own choices stand beside the read mark, which is the one row of theirs that their other devices follow.

alter table rooms
  add topic       text check (length(topic) between 1 and 500),
  add avatar_url  text,
  add archived_at timestamptz,
  add posting     text not null default 'members' check (posting in ('members', 'moderators')),
  add history     text not null default 'all' check (history in ('all', 'joined'));

alter table members add from_seq bigint not null default 0 check (from_seq >= 0);

alter table read_marks
  add notify     text check (notify in ('mentions', 'none')),
  add unread     boolean,
  add pinned_at  timestamptz,
  add hidden_seq bigint;

drop trigger audit on rooms;
create trigger audit after insert or update or delete on rooms for each row execute function
  audit('{id}', '{id,kind,name,topic,avatar_url,archived_at,posting,history,direct_low,direct_high,created_by,deleted_at}');

-- Who may not come into a room, whoever would let them in. Written and read under the lock of the room, so nobody comes in
-- beside it.

create table bans (
  room_id uuid not null references rooms,
  user_id uuid not null references users,
  by_id   uuid not null references users,
  at      timestamptz not null default now(),
  primary key (room_id, user_id)
);

create index bans_of_user on bans (user_id);

create trigger audit after insert or update or delete on bans for each row execute function
  audit('{room_id,user_id}', '{room_id,user_id,by_id}');

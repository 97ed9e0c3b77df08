-- Rooms that have ended and whose contents are still to be taken away, in steps: who was in them has lost them already.
-- A row is gone when nothing of its room is left, so this goes on after any crash, on whatever node.

create table purges (
  room_id  uuid primary key references rooms,
  asked_at timestamptz not null default now()
);

insert into purges (room_id) select id from rooms where deleted_at is not null;

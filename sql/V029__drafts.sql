-- What somebody has begun to write in a room, one a person and room, on all their devices. It goes with their place in the room,
-- and so nobody has more of them than rooms.

create table drafts (
  room_id  uuid not null,
  user_id  uuid not null references users,
  text     text not null,
  reply_to bigint check (reply_to > 0),
  at       timestamptz not null default now(),
  primary key (user_id, room_id),
  foreign key (room_id, user_id) references members on delete cascade
);

-- for the cascade
create index drafts_of_room on drafts (room_id, user_id);

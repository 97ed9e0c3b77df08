-- What a room's timeline says of the room itself: who came, who went, how it is called now. A line takes a version, so that
-- it is caught up with like everything else, and no seq, so that it is never unread and messages stay dense.

create table lines (
  room_id    uuid not null references rooms,
  version    bigint not null,
  after_seq  bigint not null check (after_seq >= 0),
  kind       text not null,
  actor_id   uuid not null references users,
  subject_id uuid references users,
  text       text,
  at         timestamptz not null default now(),
  primary key (room_id, version)
);

create index lines_in_timeline on lines (room_id, after_seq, version);

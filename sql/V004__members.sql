-- Who is in which room. members holds the present people; former_members remembers at which version somebody went, so that
-- a catch-up from any age can say so; read_marks is the hot part (one row a member, moved by every message one sends).
-- user_version is the owner's own counter (user_heads) at the last change of this row that concerns them.

create table members (
  room_id   uuid not null references rooms,
  user_id   uuid not null references users,
  role      text not null check (role in ('owner', 'moderator', 'member')),
  joined_at timestamptz not null default now(),
  version   bigint not null,
  primary key (room_id, user_id)
);

create index members_of_user on members (user_id, room_id);
create index members_by_version on members (room_id, version);

create table former_members (
  room_id      uuid not null references rooms,
  user_id      uuid not null references users,
  version      bigint not null,
  user_version bigint not null,
  primary key (room_id, user_id)
);

create index former_members_by_version on former_members (room_id, version);
create index former_members_of_user on former_members (user_id, user_version);

create table read_marks (
  room_id      uuid not null,
  user_id      uuid not null,
  read_seq     bigint not null default 0 check (read_seq >= 0),
  user_version bigint not null,
  primary key (room_id, user_id),
  foreign key (room_id, user_id) references members on delete cascade
) with (fillfactor = 70);

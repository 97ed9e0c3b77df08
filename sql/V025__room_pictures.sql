-- How rooms look: a square of our own making, kept as those of people are (V016).

create table room_pictures (
  room_id    uuid primary key references rooms,
  hash       text not null check (char_length(hash) = 64),
  type       text not null check (type in ('image/png', 'image/jpeg')),
  bytes      bytea not null check (octet_length(bytes) between 1 and 400000),
  created_at timestamptz not null default now()
);

-- squares are compressed already
alter table room_pictures alter column bytes set storage external;

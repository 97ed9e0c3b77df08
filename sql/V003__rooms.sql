-- Rooms, and apart from them the counters that every message moves.
-- A room has two numbers: last_seq counts its messages without gaps, version counts every change of its visible state.
-- room_heads is narrow, unindexed but for its key and half empty, so that each commit rewrites one small row in its page
-- (HOT); what people edit stands in rooms and is audited. Whoever changes a room's visible state locks its head first.
-- room_key is the room's short name inside the database, for messages only (src/RATIONALE.md, "Keys").

create table rooms (
  id          uuid primary key,
  kind        text not null check (kind in ('direct', 'group', 'public')),
  name        text,
  name_key    text collate "C",
  direct_low  uuid references users,
  direct_high uuid references users,
  created_by  uuid not null references users,
  created_at  timestamptz not null default now(),
  version     bigint not null check (version > 0),
  deleted_at  timestamptz,
  -- a pair of people has one direct room, found again by the sorted pair
  unique (direct_low, direct_high),
  check ((kind = 'direct') = (direct_low is not null and direct_high is not null)),
  check (direct_low < direct_high),
  check ((kind = 'direct') = (name is null and name_key is null)),
  check (length(name) between 1 and 80)
);

create index rooms_directory on rooms (name_key, id) where kind = 'public' and deleted_at is null;

create table room_heads (
  room_id      uuid primary key references rooms,
  room_key     bigint not null generated always as identity unique,
  last_seq     bigint not null default 0 check (last_seq >= 0),
  version      bigint not null,
  member_count integer not null default 0 check (member_count >= 0),
  last_sent_at timestamptz not null default '-infinity',
  check (version > last_seq)
) with (fillfactor = 50);

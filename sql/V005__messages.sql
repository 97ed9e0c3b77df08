-- A message is its (room, seq): a page of history is one range of the primary key at any depth. The room is named by its
-- bigint key: two bigints are the widest key whose index pages PostgreSQL keeps full when it grows at the end of each group.
-- (room, sender, client_id) makes sending again safe, forever: a tombstone keeps it. digest tells whether a repeated
-- client_id carries the same words; it goes with the words. (room, version) serves the catch-up.
-- No foreign keys: every row is inserted through a join with members, under the room's lock, and rooms and users are never
-- deleted as rows; two look-ups and two row locks a message would buy nothing.

create table messages (
  room_key   bigint not null,
  seq        bigint not null check (seq > 0),
  version    bigint not null,
  client_id  uuid not null,
  sender_id  uuid not null,
  body       text,
  digest     bigint,
  sent_at    timestamptz not null,
  edited_at  timestamptz,
  deleted_at timestamptz,
  primary key (room_key, seq),
  unique (room_key, sender_id, client_id),
  check (version >= seq),
  check ((body is null) = (deleted_at is not null)),
  check ((digest is null) = (deleted_at is not null))
);

create index messages_by_version on messages (room_key, version);

-- Who reacted to what, and how. The row is the truth; messages.reactions is what everybody is shown of it, counted along in
-- the same transaction under the room's lock, so that a page of history reads no more rows than it has messages.
-- version is the room's at the reaction: it orders them, and two are never at the same one.
-- The key finds a reader's own for the messages of a page, the index all of a message. The index begins with an expression,
-- so that neither can be taken for the other: a popular message has thousands. No foreign keys, as for messages.

alter table messages add reactions jsonb;

create table reactions (
  room_key bigint not null,
  seq      bigint not null,
  emoji    text collate "C" not null check (length(emoji) between 1 and 32),
  user_id  uuid not null,
  version  bigint not null,
  primary key (room_key, user_id, seq, emoji)
);

create index reactions_in_order on reactions ((room_key + 0), seq, emoji, version);

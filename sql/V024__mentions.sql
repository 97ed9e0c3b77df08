-- Whom a message calls by name: one row a person, so that their unread ones are a range of the key and their inbox a range of
-- the index by time. What calls everybody in the room has no row a member, but stands in two small indexes of its own; at is
-- when the message was sent, which within a room rises with seq. No foreign keys, as for messages: every row is inserted through
-- a join with members, under the room's lock, and a key lock on a person could meet one who is being renamed.

create table mentions (
  user_id  uuid not null,
  room_key bigint not null,
  seq      bigint not null,
  at       timestamptz not null,
  primary key (user_id, room_key, seq)
);

create index mentions_in_time on mentions (user_id, at, room_key, seq);
create index mentions_of_message on mentions (room_key, seq);
create index messages_to_all on messages (room_key, seq) include (sender_id) where mentions_room;
create index messages_to_all_in_time on messages (room_key, sent_at, seq) where mentions_room;

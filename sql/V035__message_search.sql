-- What search finds messages by, made after they were stored. grams are numbers below 16384 that stand for what is in a
-- message (model/Grams), and above them, in the same integer, a number of the thousands of messages it is one of: (room,
-- seq / 4096). So what is looked for in one's own rooms reads nothing of others, and new entries stand close together.
-- The key is in the order of time, since pages of results are: within a room that is the order of seq.
-- search_marks says up to which message a room is in here. Who writes rows of a room, be it one more message or an edit
-- or a deletion, locks its mark first, so that an edit can neither be overtaken nor be missed.

create table message_search (
  room_key bigint not null,
  sent_at  timestamptz not null,
  seq      bigint not null,
  grams    integer[] not null,
  primary key (room_key, sent_at, seq)
) with (autovacuum_vacuum_insert_scale_factor = 0.1);

create index message_search_grams on message_search using gin (grams);

create table search_marks (
  room_key bigint primary key,
  seq      bigint not null default 0 check (seq >= 0)
) with (fillfactor = 50);

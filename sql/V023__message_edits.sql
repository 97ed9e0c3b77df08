-- What a message said before it was edited, for its author and for those who keep order in the room. It goes with the
-- message: a deletion leaves nothing here. version is the room's at the edit that replaced the words, at is since when they
-- stood. No trail of it in the audit log: the edit itself is there, with hashes.

create table message_edits (
  room_key bigint not null,
  seq      bigint not null,
  version  bigint not null,
  body     text not null,
  at       timestamptz not null,
  primary key (room_key, seq, version)
);

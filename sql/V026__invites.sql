-- Links that let people into a room. The token is shown once and kept as its hash only. A use is counted under the lock of the
-- room, in the transaction that makes the member. A link works while whoever made it may still invite: nothing has to be
-- taken back when somebody goes or is no longer a moderator. Dead rows go when the next link of the room is made.

create table invites (
  id         uuid primary key,
  room_id    uuid not null references rooms,
  hash       bytea not null unique check (octet_length(hash) = 32),
  created_by uuid not null references users,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  max_uses   integer check (max_uses between 1 and 1000),
  uses       integer not null default 0 check (uses >= 0),
  check (uses <= max_uses)
);

create index invites_of_room on invites (room_id, created_at);
create index invites_of_maker on invites (created_by);

create trigger audit after insert or update or delete on invites for each row execute function
  audit('{id}', '{id,room_id,created_by,expires_at,max_uses}');

-- Keys of programs. A key is a session that nobody signed in to: it ends as sessions do (revoked, expired, the account
-- disabled), with its sockets and on every node. What makes it a key stands here: its name, what it is good for and, as
-- SHA-256 only, what opens it. A session is a key exactly if it has a row here, and then it is in no list of sessions.
-- A key that lasts until it is revoked has a session that expires at the end of the year 9999.
-- last_used_at moves at most once a minute.

create table api_keys (
  session_id   uuid primary key references sessions on delete cascade,
  hash         bytea not null unique check (octet_length(hash) = 32),
  name         text not null check (char_length(name) between 1 and 64),
  scopes       text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'write', 'admin']),
  last_used_at timestamptz
);

create trigger audit after insert or update or delete on api_keys for each row execute function
  audit('{session_id}', '{session_id,name,scopes}');

-- Who is signed in, where from and until when. Whatever opens a session (cookie, refresh token, ticket) is kept as its
-- SHA-256 only: a copy of this database signs nobody in. Each is 256 random bits, so no salt is needed.
-- A session ends at expires_at whatever it does in between, or at ended_at. Every node asks each second for what has
-- ended lately, hence the index by end.
-- Of a session's refresh tokens at most one is unspent. Spent ones are kept for a while, as using one again means that it
-- was stolen, and ends the session.

create table sessions (
  id           uuid primary key,
  user_id      uuid not null references users,
  created_at   timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  address      text check (char_length(address) <= 64),
  agent        text check (char_length(agent) <= 256),
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  cookie_hash  bytea unique check (octet_length(cookie_hash) = 32)
);

create index sessions_of_user on sessions (user_id);
create index sessions_by_end on sessions (ended_at) where ended_at is not null;

create table refresh_tokens (
  hash       bytea primary key check (octet_length(hash) = 32),
  session_id uuid not null references sessions on delete cascade,
  created_at timestamptz not null default now(),
  spent_at   timestamptz
);

create unique index refresh_tokens_one_unspent on refresh_tokens (session_id) where spent_at is null;
create index refresh_tokens_of_session on refresh_tokens (session_id, spent_at);

-- A ticket opens one socket within seconds and is gone once used.
create table tickets (
  hash       bytea primary key check (octet_length(hash) = 32),
  session_id uuid not null references sessions on delete cascade,
  expires_at timestamptz not null
);

create index tickets_of_session on tickets (session_id, expires_at);

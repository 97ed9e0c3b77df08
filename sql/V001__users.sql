-- People who can sign in.
-- Names are unique by their keys, which Parley folds itself (NFKC and case) and which are compared byte by byte: what
-- lower() makes of a name depends on the locale of the database, and would let a twin in after a move or an upgrade.
-- display_key serves the search for people by the beginning of a name, as username_key does.
-- user_heads stands apart: it is rewritten by everything that happens to a person, so it is narrow, half empty and
-- unindexed but for its key (HOT updates), and is not audited.

create table users (
  id            uuid primary key,
  username      text not null check (char_length(username) between 2 and 32),
  username_key  text collate "C" not null constraint users_username_taken unique,
  display_name  text not null check (char_length(display_name) between 1 and 64),
  display_key   text collate "C" not null,
  email         text check (char_length(email) <= 254),
  email_key     text collate "C" constraint users_email_taken unique,
  password_hash text not null check (password_hash like '$argon2id$%'),
  role          text not null check (role in ('user', 'admin')),
  avatar_url    text,
  created_at    timestamptz not null default now(),
  disabled_at   timestamptz,
  check ((email is null) = (email_key is null))
);

create index users_by_display_name on users (display_key, username_key);

create table user_heads (
  user_id uuid primary key references users,
  version bigint not null default 0 check (version >= 0)
) with (fillfactor = 70);

-- Letters that are to be sent, written in the transaction of the act they tell of: what happened is told, whatever the
-- mail server does meanwhile, and what was rolled back is not. Nodes take waiting letters with a lease (next_attempt_at
-- moves ahead before anything is sent), so no two send one; only a crash between the mail server's "yes" and ours sends
-- one a second time, under the same Message-ID, which is made of the letter's id.
-- A letter holds no words and nothing secret: its words are made of the kind and the reference when it is sent.

create table letters (
  id              uuid primary key,
  kind            text not null check (kind ~ '^[a-z_]{1,40}$'),
  user_id         uuid not null references users,
  recipient       text not null check (char_length(recipient) <= 254),
  reference       uuid,
  created_at      timestamptz not null default now(),
  attempts        integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null default now(),
  sent_at         timestamptz,
  failed_at       timestamptz,
  last_error      text check (char_length(last_error) <= 500),
  check (sent_at is null or failed_at is null)
);

create index letters_waiting on letters (next_attempt_at) where sent_at is null and failed_at is null;
create index letters_of_user on letters (user_id, created_at);

-- What a link in a letter opens: a new password, or the proof that an address is one's own. The token is derived from the
-- row's id and the server's secret, so it is made anew for the letter and stored nowhere; here is its SHA-256.
-- A newer link of the same purpose ends the older ones, and a use ends it too.
create table mail_tokens (
  id         uuid primary key,
  user_id    uuid not null references users,
  purpose    text not null check (purpose in ('password', 'email')),
  email      text not null check (char_length(email) <= 254),
  email_key  text collate "C" not null,
  hash       bytea not null unique check (octet_length(hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at   timestamptz
);

create unique index mail_tokens_one_live on mail_tokens (user_id, purpose) where ended_at is null;
create index mail_tokens_of_user on mail_tokens (user_id, created_at);

alter table users add column email_verified_at timestamptz;
alter table users add column password_set_at timestamptz not null default now();

-- The hash of a password is kept out of the log, that it was changed is not.
drop trigger audit on users;
create trigger audit after insert or update or delete on users for each row execute function
  audit('{id}', '{id,username,display_name,email,email_verified_at,password_set_at,avatar_url,role,disabled_at}');
create trigger audit after insert or update or delete on mail_tokens for each row execute function
  audit('{id}', '{id,user_id,purpose,email,expires_at,ended_at}');

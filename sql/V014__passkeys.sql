-- Keys that browsers and phones hold: we have the public half, and sign_count, which only rises, so that a copy shows.
-- What a key is asked to sign is not stored when it is given out, which strangers may ask for, but derived from the
-- server's secret; stored is which of them were answered, until they would be too old anyway.

create table passkeys (
  id            uuid primary key,
  user_id       uuid not null references users,
  name          text not null check (char_length(name) between 1 and 64),
  credential_id bytea not null constraint passkeys_credential_known unique check (octet_length(credential_id) <= 1023),
  public_key    bytea not null,
  sign_count    bigint not null check (sign_count >= 0),
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz
);

create index passkeys_of_user on passkeys (user_id, created_at);

create trigger audit after insert or update or delete on passkeys for each row execute function
  audit('{id}', '{id,user_id,name}');

create table answered_challenges (
  challenge  bytea primary key check (octet_length(challenge) = 32),
  expires_at timestamptz not null
);

create index answered_challenges_by_end on answered_challenges (expires_at);

-- Platforms that vouch for their own people: an application signs a short-lived token for one of its users, and the
-- server lets them in under the account of that (application, subject).
-- A key's material is its public key (SubjectPublicKeyInfo), or, of HS256, the shared secret, which both sides need as it
-- is: it is sealed by a key that derives from the server's secret, so that a copy of this database signs nothing.
-- A token counts once: spent_tokens keeps the hash of its id until it would be too old anyhow.

create table applications (
  id          uuid primary key,
  name        text not null check (char_length(name) between 1 and 64),
  origins     text[] not null check (cardinality(origins) <= 20),
  created_by  uuid not null references users,
  created_at  timestamptz not null default now(),
  disabled_at timestamptz
);

-- may a page of this origin ask?
create index applications_by_origin on applications using gin (origins);

create table application_keys (
  id             uuid primary key,
  application_id uuid not null references applications on delete cascade,
  algorithm      text not null check (algorithm in ('HS256', 'RS256', 'ES256', 'EdDSA')),
  material       bytea not null,
  created_at     timestamptz not null default now()
);

create index application_keys_of_application on application_keys (application_id);

-- given_name is what the application last called them: a display name that is still that follows the next one.
create table application_users (
  application_id uuid not null references applications on delete cascade,
  subject        text collate "C" not null check (char_length(subject) between 1 and 255),
  user_id        uuid not null references users,
  given_name     text not null,
  created_at     timestamptz not null default now(),
  primary key (application_id, subject)
);

create index application_users_of_user on application_users (user_id);

create table spent_tokens (
  application_id uuid not null references applications on delete cascade,
  hash           bytea not null check (octet_length(hash) = 32),
  expires_at     timestamptz not null,
  primary key (application_id, hash)
);

create index spent_tokens_by_expiry on spent_tokens (expires_at);

create trigger audit after insert or update or delete on applications for each row execute function
  audit('{id}', '{id,name,origins,disabled_at}');
create trigger audit after insert or update or delete on application_keys for each row execute function
  audit('{id}', '{id,application_id,algorithm}');
create trigger audit after insert or update or delete on application_users for each row execute function
  audit('{application_id,subject}', '{application_id,subject,user_id}');

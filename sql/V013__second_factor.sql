-- What somebody has beside the password: an authenticator app, and recovery codes for when it is lost.
-- The app's secret must be read to check a code, so it is encrypted (AES-GCM, bound to the account) under a key that comes
-- from the server's secret and is not in this database; recovery codes are kept as keyed hashes. A copy of this database gives nobody a code.
-- A row is a wish until confirmed_at. last_step is the thirty seconds whose code was used last: none up to it counts again.
-- Six digits can be guessed, so attempts are counted here, for all nodes together.

create table second_factors (
  user_id         uuid primary key references users,
  secret          bytea not null,
  set_up_at       timestamptz not null default now(),
  confirmed_at    timestamptz,
  last_step       bigint not null default 0,
  attempts        integer not null default 0,
  attempts_since  timestamptz not null default now(),
  recovery_hashes bytea[] not null default '{}',
  recovery_set_at timestamptz,
  recovery_left   integer not null generated always as (cardinality(recovery_hashes)) stored
);

create trigger audit after insert or update or delete on second_factors for each row execute function
  audit('{user_id}', '{user_id,confirmed_at,recovery_set_at,recovery_left}');

-- People who come in without a password of ours, and when a session last proved that it is its owner's: a session that is
-- left open somewhere may read and write, but not change what keeps the account.

alter table users alter column password_hash drop not null;

alter table sessions add column confirmed_at timestamptz not null default now();

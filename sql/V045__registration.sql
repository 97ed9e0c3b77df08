-- Who may make an account, where the start does not say (--registration), and links that let people make one. One row, or none:
-- then everybody may, and the first is the administrator. first_is_admin is no more once a link for an administrator was made:
-- whoever runs the server has another way then, and nobody who happens to be quick gets it.
-- Tokens are shown once and kept as their hashes. A use is counted in the transaction that makes the account, and registrations
-- take turns. A link works while whoever made it is an administrator; created_by is null for one made at the machine itself.
-- What it makes of somebody (role) stands in its row and nowhere else.

create table registration (
  only_row       boolean primary key default true check (only_row),
  mode           text not null default 'open' check (mode in ('open', 'invite', 'closed')),
  first_is_admin boolean not null default true
);

create table account_invites (
  id         uuid primary key,
  hash       bytea not null unique check (octet_length(hash) = 32),
  role       text not null check (role in ('user', 'admin')),
  note       text check (char_length(note) between 1 and 100),
  created_by uuid references users,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  max_uses   integer not null check (max_uses between 1 and 1000),
  uses       integer not null default 0 check (uses >= 0),
  revoked_at timestamptz,
  check (uses <= max_uses)
);

create index account_invites_of_maker on account_invites (created_by);

create trigger audit after insert or update or delete on registration for each row execute function
  audit('{only_row}', '{mode,first_is_admin}');
create trigger audit after insert or update or delete on account_invites for each row execute function
  audit('{id}', '{id,role,created_by,expires_at,max_uses,uses,revoked_at}');

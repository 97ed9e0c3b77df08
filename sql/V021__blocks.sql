-- Whom a person wants to hear nothing from. The one who is blocked is never told. The writer asks for both directions of a
-- direct room in each batch, hence the key; whoever leaves takes along what names them, hence the other index.

create table blocks (
  user_id    uuid not null references users,
  blocked_id uuid not null references users,
  at         timestamptz not null default now(),
  primary key (user_id, blocked_id),
  check (user_id <> blocked_id)
);

create index blocks_of_blocked on blocks (blocked_id);

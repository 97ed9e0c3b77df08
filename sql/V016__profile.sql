-- What people say of themselves, how they look, and how they go.
-- A picture is of our own making, a square of a few tens of kilobytes. It stands here and not in a folder: all nodes share
-- this database and nothing else, and what is changed with the account is committed with it.
-- A deleted account keeps its row, as messages and rooms name it; nothing in it says who it was. It can never be let in
-- again: whoever enables accounts is stopped by users_gone_for_good.
-- rounds: somebody whose rooms are told one after the other, each in a transaction of its own, that they look different or
-- (leaving) that they are gone. room_id and seq say how far that has come, so it goes on after a crash, on whatever node.

alter table users
  add column status_text text check (char_length(status_text) between 1 and 140),
  add column time_zone text check (char_length(time_zone) <= 64),
  add column deleted_at timestamptz,
  add constraint users_gone_for_good check (deleted_at is null or disabled_at is not null);

create table avatars (
  user_id    uuid primary key references users,
  hash       text not null check (char_length(hash) = 64),
  type       text not null check (type in ('image/png', 'image/jpeg')),
  bytes      bytea not null check (octet_length(bytes) between 1 and 400000),
  created_at timestamptz not null default now()
);

-- squares are compressed already
alter table avatars alter column bytes set storage external;

create table rounds (
  user_id         uuid primary key references users,
  leaving         boolean not null,
  remove_messages boolean not null default false,
  room_id         uuid not null default '00000000-0000-0000-0000-000000000000',
  seq             bigint not null default 0 check (seq >= 0),
  asked_at        timestamptz not null default now(),
  check (leaving or not remove_messages)
);

-- When somebody last asked for all their data: for the audit log, and so that it cannot be asked for without end.
create table exports (
  user_id  uuid primary key references users,
  asked_at timestamptz not null default now()
);

drop trigger audit on users;
create trigger audit after insert or update or delete on users for each row execute function
  audit('{id}', '{id,username,display_name,email,email_verified_at,password_set_at,avatar_url,role,disabled_at,deleted_at}');
create trigger audit after insert or update on exports for each row execute function
  audit('{user_id}', '{user_id,asked_at}');

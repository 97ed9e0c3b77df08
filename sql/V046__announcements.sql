-- What administrators tell everybody: shown above the conversations until it ends, is ended or is put away on a device. At most five
-- at a time, as each reaches every socket. Whoever puts one away keeps that to their device: a row a person and announcement would be
-- many for nothing.

create table announcements (
  id         uuid primary key,
  text       text not null check (char_length(text) between 1 and 500),
  severity   text not null check (severity in ('info', 'warning')),
  created_by uuid references users,
  created_at timestamptz not null default now(),
  ends_at    timestamptz,
  ended_at   timestamptz
);

create index announcements_live on announcements (id) where ended_at is null;

create trigger audit after insert or update or delete on announcements for each row execute function
  audit('{id}', '{id,text,severity,created_by,ends_at,ended_at}');

-- Files. What is stored (media_blobs, named by the SHA-256 of its bytes, each once) is not what somebody sent (media: a name,
-- an owner), and that is not what a message carries (attachments: the truth; messages.attachments is what everybody is shown of
-- it, so that a page of history reads no more rows than it has messages). Who may fetch a file is decided by attachments alone.
--
-- A blob's row is there before its file and goes after it, so that no file is without one. unused_since says when a row may
-- have lost what refers to it; a day later it is looked at under its lock, and goes if nothing does. It is null once it was
-- found in use. No foreign keys from attachments to messages, as elsewhere.

alter table messages add attachments jsonb;

create table media_blobs (
  hash         bytea primary key check (octet_length(hash) = 32),
  unused_since timestamptz default now()
);

create index media_blobs_unused on media_blobs (unused_since) where unused_since is not null;

-- owner_id is null for what the server itself fetched. sent_at is when a message first carried it: from then on it is seen
-- through messages only.
create table media (
  id              uuid primary key,
  owner_id        uuid references users,
  hash            bytea not null references media_blobs,
  name            text not null check (char_length(name) between 1 and 255),
  type            text not null check (char_length(type) between 3 and 100),
  bytes           bigint not null check (bytes >= 0),
  width           int check (width > 0),
  height          int check (height > 0),
  thumbnail       bytea references media_blobs,
  thumbnail_type  text check (thumbnail_type in ('image/png', 'image/jpeg')),
  thumbnail_bytes int check (thumbnail_bytes > 0),
  voice           boolean not null default false,
  created_at      timestamptz not null default now(),
  sent_at         timestamptz,
  unused_since    timestamptz default now(),
  check ((width is null) = (height is null)),
  check ((thumbnail is null) = (thumbnail_type is null) and (thumbnail is null) = (thumbnail_bytes is null))
);

create index media_of_owner on media (owner_id, id) include (bytes);
create index media_by_hash on media (hash);
create index media_by_thumbnail on media (thumbnail) where thumbnail is not null;
create index media_unused on media (unused_since) where unused_since is not null;

-- position counts from 0; what a message's preview shows is at -1
create table attachments (
  room_key bigint not null,
  seq      bigint not null,
  position smallint not null check (position between -1 and 9),
  media_id uuid not null references media,
  primary key (room_key, seq, position)
);

create index attachments_of_media on attachments (media_id);

-- its name is a person's words, so it is not kept here
create trigger audit after insert or delete on media for each row execute function
  audit('{id}', '{id,owner_id,type,bytes}');

-- What people have told the administrators of messages: once a person and message. Of the message a row knows its place and
-- its author and never its words, so it may outlive them: what was said is looked up while it is there, by who may. note is the
-- reporter's own words. The word filter reports too (reason 'filter', nobody's word; note is what it found), once a message.
-- The audit log has who filed and settled what, and neither the note nor anything said.
-- The queue is read by id, which is in the order of time.

create table reports (
  id          uuid primary key,
  room_id     uuid not null references rooms,
  seq         bigint not null check (seq > 0),
  author_id   uuid not null references users,
  reporter_id uuid references users,
  reason      text not null check (reason in ('spam', 'harassment', 'hate', 'violence', 'sexual', 'illegal', 'other', 'filter')),
  note        text check (char_length(note) between 1 and 500),
  created_at  timestamptz not null default clock_timestamp(),
  handled_by  uuid references users,
  handled_at  timestamptz,
  outcome     text check (outcome in ('dismissed', 'message-deleted', 'author-disabled')),
  unique (room_id, seq, reporter_id),
  check ((reason = 'filter') = (reporter_id is null)),
  check ((handled_by is null) = (outcome is null) and (handled_at is null) = (outcome is null))
);

create unique index reports_of_filter on reports (room_id, seq) where reporter_id is null;
create index reports_open on reports (id) where outcome is null;
create index reports_of_author on reports (author_id, id);
create index reports_of_reporter on reports (reporter_id, id);

create trigger audit after insert or update or delete on reports for each row execute function
  audit('{id}', '{id,room_id,seq,author_id,reporter_id,reason,handled_by,handled_at,outcome}');

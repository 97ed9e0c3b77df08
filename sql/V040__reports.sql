-- What people have told the administrators of messages: once a person and message. Of the message a row knows its place and
-- its author and never its words, so it may outlive them: what was said is looked up while it is there, by who may. note is the
-- reporter's own words. The word filter reports too (reason 'filter', nobody's word; note is what it found), once a message.
-- seen_* is who last looked at the message through a report: so the audit log has a row each time an administrator has read
-- words of a room they need not be in. Neither the note nor anything said is kept there.
-- The queue is read by id, which is in the order of time; what is open is few beside what is handled.

create table reports (
  id          uuid primary key,
  room_id     uuid not null references rooms,
  seq         bigint not null check (seq > 0),
  author_id   uuid not null references users,
  reporter_id uuid references users,
  reason      text not null check (reason in ('spam', 'harassment', 'hate', 'violence', 'sexual', 'illegal', 'other', 'filter')),
  note        text check (char_length(note) between 1 and 500),
  created_at  timestamptz not null default clock_timestamp(),
  seen_by     uuid references users,
  seen_at     timestamptz,
  handled_by  uuid references users,
  handled_at  timestamptz,
  outcome     text check (outcome in ('dismissed', 'message-deleted', 'author-disabled')),
  unique (room_id, seq, reporter_id),
  check ((reason = 'filter') = (reporter_id is null)),
  check ((seen_by is null) = (seen_at is null)),
  check ((handled_by is null) = (outcome is null) and (handled_at is null) = (outcome is null))
);

create unique index reports_of_filter on reports (room_id, seq) where reporter_id is null;
create index reports_open on reports (id) where outcome is null;
create index reports_of_reporter on reports (reporter_id);

create trigger audit after insert or update or delete on reports for each row execute function
  audit('{id}', '{id,room_id,seq,author_id,reporter_id,reason,seen_by,seen_at,handled_by,handled_at,outcome}');

-- What a message stands in: what it answers, the thread it belongs to, whom it calls, where its words come from. A reply names
-- a seq and never copies words, so a deleted message is nowhere quoted. The counters of a thread stand in the row of its
-- first message, since a reader must find them in one row, with one version.

alter table messages
  add reply_to         bigint,
  add thread_of        bigint,
  add thread_replies   integer,
  add thread_last      bigint,
  add mentions         uuid[],
  add mentions_room    boolean,
  add pinned_at        timestamptz,
  add forwarded_room   uuid,
  add forwarded_seq    bigint,
  add forwarded_sender uuid,
  add forwarded_at     timestamptz,
  add check (reply_to > 0 and reply_to < seq),
  add check (thread_of > 0 and thread_of < seq);

create index messages_of_thread on messages (room_key, thread_of, seq) where thread_of is not null;
create index messages_pinned on messages (room_key, pinned_at) where pinned_at is not null;

-- a reaction or a pin changes the row and is no edit
drop trigger audit on messages;
create trigger audit after update on messages for each row
  when (old.body is distinct from new.body or old.deleted_at is distinct from new.deleted_at)
  execute function audit_message();
create trigger audit_deletion after delete on messages for each row execute function audit_message();

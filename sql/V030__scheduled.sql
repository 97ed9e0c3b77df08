-- Messages that are to be sent later. The id is the clientId that the message will have, so that sending one twice, after a
-- crash between the commit of the message and the removal of this row, is sending it once. claimed_until keeps other nodes
-- away while one sends. What cannot be sent stays with the reason, until its author has seen it.

create table scheduled (
  user_id       uuid not null references users,
  id            uuid not null,
  room_id       uuid not null references rooms,
  text          text not null,
  reply_to      bigint,
  thread_of     bigint,
  send_at       timestamptz not null,
  created_at    timestamptz not null default now(),
  claimed_until timestamptz,
  failed        text,
  primary key (user_id, id)
);

create index scheduled_due on scheduled (send_at) where failed is null;
create index scheduled_of_room on scheduled (room_id);

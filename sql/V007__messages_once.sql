-- The index that finds a message sent again now begins with the client's id.
-- Clients mint ids in the order of time (UUIDv7), so new entries go to the last page and pages stay full; and no other
-- index can answer the question, so no statistics can talk the planner into reading a room for it.

alter table messages drop constraint messages_room_key_sender_id_client_id_key;
alter table messages add constraint messages_once unique (client_id, sender_id, room_key);

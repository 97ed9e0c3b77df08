-- What a link in a message leads to, as the server found it after the message was stored; shown as the rest of its row is.

alter table messages add preview jsonb;

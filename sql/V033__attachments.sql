-- What messages carry: messages.attachments is what everybody is shown of it, so that a page of history reads no more rows
-- than it has messages.

alter table messages add attachments jsonb;

-- What people change and was not in the audit log yet: whom they block, what is to be sent later (when and where, never the
-- words), and more of an account. Tables that are not there at all are listed, with the reason, in AuditedTablesIT.
-- And what became of a row is asked by its id alone.

create trigger audit after insert or update or delete on blocks for each row execute function
  audit('{user_id,blocked_id}', '{user_id,blocked_id}');

-- that a node has taken it up is nobody's act
create trigger audit after insert or delete or update of room_id, reply_to, thread_of, send_at, failed on scheduled
  for each row execute function audit('{user_id,id}', '{user_id,id,room_id,reply_to,thread_of,send_at,failed}');

drop trigger audit on users;
create trigger audit after insert or update or delete on users for each row execute function
  audit('{id}', '{id,username,display_name,email,email_verified_at,password_set_at,avatar_url,status_text,time_zone,direct_from,role,disabled_at,deleted_at}');

drop index audit_log_by_row;
create index audit_log_by_row on audit_log (row_id, at, id);

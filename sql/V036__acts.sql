-- Acts beside changes. The log tells what became of rows; what somebody did is one row more, with a name: a sign-in that
-- failed or an administrator's look changes no row at all, and a disabled account changes a dozen. Such a row has an act,
-- stands in the transaction that does it, and so is there exactly once, whether or not the answer arrives.
-- The address comes from the transaction as actor and request do (set_config 'parley.address').
-- Every question to the log is a range of one index, by time: of all, of a row, a table, an actor, an act.

alter table audit_log
  add column act     text check (act ~ '^[a-z][a-z.-]{1,39}$'),
  add column address text check (char_length(address) <= 64),
  drop constraint audit_log_action_check,
  add constraint audit_log_action_check check (action in ('insert', 'update', 'delete', 'act')),
  add constraint audit_log_acts_have_a_name check ((act is not null) = (action = 'act'));

drop index audit_log_by_row;
drop index audit_log_by_actor;
create index audit_log_by_time on audit_log (at, id);
create index audit_log_by_row on audit_log (table_name, row_id, at, id);
create index audit_log_by_table on audit_log (table_name, at, id);
create index audit_log_by_actor on audit_log (actor_id, at, id);
create index audit_log_by_act on audit_log (act, at, id) where act is not null;

-- Whoever takes an id has the number of their transaction before: whoever lays the chain can then see who may still come
-- with a lower one.
create function audit_write(act text, model text, action text, row_id jsonb, before jsonb, after jsonb) returns void
language plpgsql as $$
begin
  perform pg_current_xact_id();
  insert into audit_log (actor_id, request_id, address, table_name, action, act, row_id, before, after)
  values (
    nullif(current_setting('parley.actor', true), '')::uuid,
    nullif(current_setting('parley.request', true), ''),
    nullif(current_setting('parley.address', true), ''),
    model, action, act, row_id, before, after);
end
$$;

create or replace function audit() returns trigger
language plpgsql as $$
declare
  key_columns  text[] := tg_argv[0];
  kept_columns text[] := tg_argv[1];
  old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  was jsonb := case when old_row is not null then audit_part(old_row, kept_columns) end;
  is_ jsonb := case when new_row is not null then audit_part(new_row, kept_columns) end;
begin
  if tg_op = 'UPDATE' and was = is_ then
    return null;
  end if;
  perform audit_write(
    null, tg_table_name, lower(tg_op), audit_part(coalesce(new_row, old_row), key_columns), was, is_);
  return null;
end
$$;

create or replace function audit_message() returns trigger
language plpgsql as $$
begin
  perform audit_write(
    null, tg_table_name, lower(tg_op), jsonb_build_object(
      'room_id', (select room_id from room_heads where room_key = old.room_key), 'seq', old.seq),
    jsonb_build_object('sender_id', old.sender_id, 'version', old.version,
      'body_hash', encode(sha256(convert_to(coalesce(old.body, ''), 'UTF8')), 'hex')),
    case when tg_op = 'UPDATE' then jsonb_build_object('sender_id', new.sender_id, 'version', new.version,
      'edited_at', new.edited_at, 'deleted_at', new.deleted_at,
      'body_hash', encode(sha256(convert_to(coalesce(new.body, ''), 'UTF8')), 'hex')) end);
  return null;
end
$$;

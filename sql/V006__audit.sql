-- What was changed, by whom, in which request: filled by triggers, so that no path can forget it. The actor and the
-- request come from the transaction (set_config 'parley.actor', 'parley.request').
-- Which columns are kept is an allow-list a table: nothing secret, no hashes, and of a message never its words.

create table audit_log (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  actor_id   uuid,
  request_id text,
  table_name text not null,
  action     text not null check (action in ('insert', 'update', 'delete')),
  row_id     jsonb not null,
  before     jsonb,
  after      jsonb
);

create index audit_log_by_row on audit_log (table_name, row_id, id);
create index audit_log_by_actor on audit_log (actor_id, id);

-- the named columns of a row
create function audit_part(whole jsonb, columns text[]) returns jsonb
language sql immutable as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(whole) where key = any (columns)
$$;

-- arguments: the key's columns, then the columns to keep, each as an array literal
create function audit() returns trigger
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
  insert into audit_log (actor_id, request_id, table_name, action, row_id, before, after)
  values (
    nullif(current_setting('parley.actor', true), '')::uuid,
    nullif(current_setting('parley.request', true), ''),
    tg_table_name, lower(tg_op), audit_part(coalesce(new_row, old_row), key_columns), was, is_);
  return null;
end
$$;

-- of an edited or deleted message: who sent it, when it changed, and a hash of the words
create function audit_message() returns trigger
language plpgsql as $$
begin
  insert into audit_log (actor_id, request_id, table_name, action, row_id, before, after)
  values (
    nullif(current_setting('parley.actor', true), '')::uuid,
    nullif(current_setting('parley.request', true), ''),
    tg_table_name, lower(tg_op), jsonb_build_object(
      'room_id', (select room_id from room_heads where room_key = old.room_key), 'seq', old.seq),
    jsonb_build_object('sender_id', old.sender_id, 'version', old.version,
      'body_hash', encode(sha256(convert_to(coalesce(old.body, ''), 'UTF8')), 'hex')),
    case when tg_op = 'UPDATE' then jsonb_build_object('sender_id', new.sender_id, 'version', new.version,
      'edited_at', new.edited_at, 'deleted_at', new.deleted_at,
      'body_hash', encode(sha256(convert_to(coalesce(new.body, ''), 'UTF8')), 'hex')) end);
  return null;
end
$$;

create trigger audit after insert or update or delete on users for each row execute function
  audit('{id}', '{id,username,display_name,email,avatar_url,role,disabled_at}');
create trigger audit after insert or update or delete on sessions for each row execute function
  audit('{id}', '{id,user_id,address,agent,expires_at,ended_at}');
create trigger audit after insert or update or delete on rooms for each row execute function
  audit('{id}', '{id,kind,name,direct_low,direct_high,created_by,deleted_at}');
create trigger audit after insert or update or delete on members for each row execute function
  audit('{room_id,user_id}', '{room_id,user_id,role}');
create trigger audit after update or delete on messages for each row execute function audit_message();

-- the log is append-only: not even a mistake of ours rewrites it
create function audit_is_append_only() returns trigger
language plpgsql as $$
begin
  raise exception 'audit_log is append-only';
end
$$;

create trigger append_only before update or delete or truncate on audit_log for each statement execute function
  audit_is_append_only();

-- The audit log, chained: each row's hash covers the hash before it, so that a row that is changed, taken out or put in
-- later breaks the chain at its place. Laid afterwards in the order of ids, by one node at a time and in steps, so nobody
-- who writes waits for anybody else; beside the log and not in it, so that the log stays append-only. Ids of transactions
-- that were rolled back are missing in both. No foreign key: a row that is gone is to be found missing, not to be kept.

create table audit_chain (
  id   bigint primary key,
  hash bytea not null check (octet_length(hash) = 32)
);

create or replace function audit_is_append_only() returns trigger
language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end
$$;

create trigger append_only before update or delete or truncate on audit_chain for each statement execute function
  audit_is_append_only();

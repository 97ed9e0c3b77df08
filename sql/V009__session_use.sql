-- A session of the site also ends when it has not been used for idle_life: a browser that is left behind is nobody's way in
-- for a month. What programs hold has no such end (null).
-- last_seen_at therefore moves with use, at most once a minute a session: pages leave room for it (HOT), and a change of it
-- alone does not even ask the audit trigger.

alter table sessions add column idle_life interval check (idle_life > interval '0');
alter table sessions set (fillfactor = 80);

drop trigger audit on sessions;
create trigger audit after insert or delete or update of user_id, address, agent, expires_at, ended_at on sessions
  for each row execute function audit('{id}', '{id,user_id,address,agent,expires_at,ended_at}');

-- until now nothing told when they were used
update sessions set idle_life = interval '7 days', last_seen_at = now() where cookie_hash is not null and ended_at is null;

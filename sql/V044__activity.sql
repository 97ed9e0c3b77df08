-- What the dashboard shows of days and of the whole, counted once a minute by one node and never by whoever looks.
-- Messages need no counting: the last numbers of all rooms together are how many there ever were, and what a day brought is the
-- difference to the day before. daily_people says who was here on a day, a row at most for each; it is filled where
-- sessions are noted as used, and kept for eight days, as a week is asked for. A day is one of UTC.
-- Not audited: these are counts of what is.

create table daily_people (
  day     date not null,
  user_id uuid not null,
  primary key (day, user_id)
);

create table daily_activity (
  day          date primary key,
  messages     bigint not null,
  people       bigint not null,
  new_people   bigint not null,
  active       bigint not null,
  active_week  bigint not null,
  direct_rooms bigint not null,
  group_rooms  bigint not null,
  public_rooms bigint not null,
  files        bigint not null,
  file_bytes   bigint not null,
  counted_at   timestamptz not null
);

-- ids begin with the millisecond they were made in: the least that can be made on a day or later
create function first_id(of_day date) returns uuid
language sql immutable as $$
  select (lpad(to_hex((extract(epoch from of_day) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

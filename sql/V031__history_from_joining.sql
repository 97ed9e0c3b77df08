-- Beside the first message a member may see, the version at which they came: what changed before it is not looked at for them
-- either, so a catch-up from version 0 does not walk through a past that is not theirs.

alter table members add from_version bigint not null default 0 check (from_version >= 0);

-- who may hear what, and from where on, is still read from an index alone
drop index members_of_user;
create index members_of_user on members (user_id, room_id) include (from_seq);

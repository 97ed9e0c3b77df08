-- What the panel offers to filter accounts by is looked up, however many there are. Few administer and few are disabled, so
-- the indexes hold few rows and a registration touches neither. Who changes a role or disables an account looks up all
-- administrators as well.

create index users_who_administer on users (id) where role = 'admin';
create index users_disabled on users (id) where disabled_at is not null;

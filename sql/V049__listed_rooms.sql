-- Rooms by name and by kind, for the panel's list: both are in the order of an index. A send touches neither, as it changes
-- room_heads and no room; a room pays for them when it is made, renamed or given another kind.

create index rooms_by_name on rooms (name_key, id) where name_key is not null;
create index rooms_by_kind on rooms (kind, id);

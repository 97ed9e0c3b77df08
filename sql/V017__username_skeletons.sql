-- What a user name looks like (UTS 39), so that no two people have names that a reader takes for one another.
-- Parley makes it, as it makes the keys; a row without one is from before, or was written by a node that did not know of it
-- yet, and gets its own at a node's next start. Of two such that look alike the older one's stands, and the other has a blank
-- and its id, which is nobody's skeleton.

alter table users add column username_skeleton text collate "C" constraint users_username_looks_taken unique;

create index users_without_skeleton on users (created_at) where username_skeleton is null;

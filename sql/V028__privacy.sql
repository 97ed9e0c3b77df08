-- Who may open a direct room with somebody: everyone, or people of a room that both are in. Direct rooms there are already stay.

alter table users
  add direct_from text not null default 'everyone' check (direct_from in ('everyone', 'shared'));

-- Words and phrases that messages may not hold (refuse), or of which administrators are told (flag); of the whole server.
-- word_key is how it is compared: folded in Java, as names are. version is never given twice, and given under a lock of the
-- table: by it and the number of rows each node sees that its copy of the list is old.

create table filter_words (
  id         uuid primary key,
  word       text not null check (char_length(word) between 1 and 100),
  word_key   text not null collate "C" constraint filter_words_known unique,
  action     text not null check (action in ('refuse', 'flag')),
  created_at timestamptz not null default now(),
  version    bigint not null generated always as identity unique
);

create trigger audit after insert or update or delete on filter_words for each row execute function
  audit('{id}', '{id,word,action}');

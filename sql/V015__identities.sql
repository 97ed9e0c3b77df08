-- By whom people are known elsewhere: the provider that vouches for them (its issuer) and their name there (the subject),
-- which together never change owners. An e-mail address says nothing here: providers give them to others, and some to
-- anybody. One person may have several; who has no password signs in by these alone.

create table identities (
  id           uuid primary key,
  user_id      uuid not null references users,
  issuer       text collate "C" not null check (char_length(issuer) between 1 and 500),
  subject      text collate "C" not null check (char_length(subject) between 1 and 255),
  name         text check (char_length(name) <= 254),
  created_at   timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  constraint identities_once unique (issuer, subject)
);

create index identities_of_user on identities (user_id, created_at);

create trigger audit after insert or update or delete on identities for each row execute function
  audit('{id}', '{id,user_id,issuer,subject,name}');

-- The schema as the migrations leave it, for reading. Kept true by SchemaIT; write it anew with
-- mvn -q test-compile failsafe:integration-test -Dit.test=SchemaIT -Dschema.write=true

create table account_invites (
  id uuid not null,
  hash bytea not null,
  role text not null,
  note text,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  max_uses integer not null,
  uses integer not null default 0,
  revoked_at timestamp with time zone,
  constraint account_invites_check CHECK ((uses <= max_uses)),
  constraint account_invites_hash_check CHECK ((octet_length(hash) = 32)),
  constraint account_invites_max_uses_check CHECK (((max_uses >= 1) AND (max_uses <= 1000))),
  constraint account_invites_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 100))),
  constraint account_invites_role_check CHECK ((role = ANY (ARRAY['user'::text, 'admin'::text]))),
  constraint account_invites_uses_check CHECK ((uses >= 0)),
  constraint account_invites_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint account_invites_pkey PRIMARY KEY (id),
  constraint account_invites_hash_key UNIQUE (hash)
);

CREATE INDEX account_invites_of_maker ON public.account_invites USING btree (created_by);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.account_invites FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,role,created_by,expires_at,max_uses,uses,revoked_at}');

create table announcements (
  id uuid not null,
  text text not null,
  severity text not null,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint announcements_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text]))),
  constraint announcements_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 500))),
  constraint announcements_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint announcements_pkey PRIMARY KEY (id)
);

CREATE INDEX announcements_live ON public.announcements USING btree (id) WHERE (ended_at IS NULL);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.announcements FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,text,severity,created_by,ends_at,ended_at}');

create table answered_challenges (
  challenge bytea not null,
  expires_at timestamp with time zone not null,
  constraint answered_challenges_challenge_check CHECK ((octet_length(challenge) = 32)),
  constraint answered_challenges_pkey PRIMARY KEY (challenge)
);

CREATE INDEX answered_challenges_by_end ON public.answered_challenges USING btree (expires_at);

create table api_keys (
  session_id uuid not null,
  hash bytea not null,
  name text not null,
  scopes text[] not null,
  last_used_at timestamp with time zone,
  constraint api_keys_hash_check CHECK ((octet_length(hash) = 32)),
  constraint api_keys_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 64))),
  constraint api_keys_scopes_check CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['read'::text, 'write'::text, 'admin'::text]))),
  constraint api_keys_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
  constraint api_keys_pkey PRIMARY KEY (session_id),
  constraint api_keys_hash_key UNIQUE (hash)
);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.api_keys FOR EACH ROW EXECUTE FUNCTION audit('{session_id}', '{session_id,name,scopes}');

create table application_keys (
  id uuid not null,
  application_id uuid not null,
  algorithm text not null,
  material bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint application_keys_algorithm_check CHECK ((algorithm = ANY (ARRAY['HS256'::text, 'RS256'::text, 'ES256'::text, 'EdDSA'::text]))),
  constraint application_keys_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id) ON DELETE CASCADE,
  constraint application_keys_pkey PRIMARY KEY (id)
);

CREATE INDEX application_keys_of_application ON public.application_keys USING btree (application_id);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.application_keys FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,application_id,algorithm}');

create table application_users (
  application_id uuid not null,
  subject text collate "C" not null,
  user_id uuid not null,
  given_name text not null,
  created_at timestamp with time zone not null default now(),
  constraint application_users_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 255))),
  constraint application_users_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id) ON DELETE CASCADE,
  constraint application_users_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint application_users_pkey PRIMARY KEY (application_id, subject)
);

CREATE INDEX application_users_of_user ON public.application_users USING btree (user_id);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.application_users FOR EACH ROW EXECUTE FUNCTION audit('{application_id,subject}', '{application_id,subject,user_id}');

create table applications (
  id uuid not null,
  name text not null,
  origins text[] not null,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  disabled_at timestamp with time zone,
  constraint applications_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 64))),
  constraint applications_origins_check CHECK ((cardinality(origins) <= 20)),
  constraint applications_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint applications_pkey PRIMARY KEY (id)
);

CREATE INDEX applications_by_origin ON public.applications USING gin (origins);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.applications FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,name,origins,disabled_at}');

create table attachments (
  room_key bigint not null,
  seq bigint not null,
  position smallint not null,
  media_id uuid not null,
  constraint attachments_position_check CHECK ((("position" >= '-1'::integer) AND ("position" <= 9))),
  constraint attachments_media_id_fkey FOREIGN KEY (media_id) REFERENCES media(id),
  constraint attachments_pkey PRIMARY KEY (room_key, seq, "position")
);

CREATE INDEX attachments_of_media ON public.attachments USING btree (media_id);

create table audit_chain (
  id bigint not null,
  hash bytea not null,
  constraint audit_chain_hash_check CHECK ((octet_length(hash) = 32)),
  constraint audit_chain_pkey PRIMARY KEY (id)
);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_chain FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

create table audit_log (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default clock_timestamp(),
  actor_id uuid,
  request_id text,
  table_name text not null,
  action text not null,
  row_id jsonb not null,
  before jsonb,
  after jsonb,
  act text,
  address text,
  constraint audit_log_act_check CHECK ((act ~ '^[a-z][a-z.-]{1,39}$'::text)),
  constraint audit_log_action_check CHECK ((action = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text, 'act'::text]))),
  constraint audit_log_acts_have_a_name CHECK (((act IS NOT NULL) = (action = 'act'::text))),
  constraint audit_log_address_check CHECK ((char_length(address) <= 64)),
  constraint audit_log_pkey PRIMARY KEY (id)
);

CREATE INDEX audit_log_by_act ON public.audit_log USING btree (act, at, id) WHERE (act IS NOT NULL);
CREATE INDEX audit_log_by_actor ON public.audit_log USING btree (actor_id, at, id);
CREATE INDEX audit_log_by_row ON public.audit_log USING btree (row_id, at, id);
CREATE INDEX audit_log_by_table ON public.audit_log USING btree (table_name, at, id);
CREATE INDEX audit_log_by_time ON public.audit_log USING btree (at, id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

create table avatars (
  user_id uuid not null,
  hash text not null,
  type text not null,
  bytes bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint avatars_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 400000))),
  constraint avatars_hash_check CHECK ((char_length(hash) = 64)),
  constraint avatars_type_check CHECK ((type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text]))),
  constraint avatars_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint avatars_pkey PRIMARY KEY (user_id)
);


create table bans (
  room_id uuid not null,
  user_id uuid not null,
  by_id uuid not null,
  at timestamp with time zone not null default now(),
  constraint bans_by_id_fkey FOREIGN KEY (by_id) REFERENCES users(id),
  constraint bans_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint bans_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint bans_pkey PRIMARY KEY (room_id, user_id)
);

CREATE INDEX bans_of_user ON public.bans USING btree (user_id);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.bans FOR EACH ROW EXECUTE FUNCTION audit('{room_id,user_id}', '{room_id,user_id,by_id}');

create table blocks (
  user_id uuid not null,
  blocked_id uuid not null,
  at timestamp with time zone not null default now(),
  constraint blocks_check CHECK ((user_id <> blocked_id)),
  constraint blocks_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES users(id),
  constraint blocks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint blocks_pkey PRIMARY KEY (user_id, blocked_id)
);

CREATE INDEX blocks_of_blocked ON public.blocks USING btree (blocked_id);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.blocks FOR EACH ROW EXECUTE FUNCTION audit('{user_id,blocked_id}', '{user_id,blocked_id}');

create table daily_activity (
  day date not null,
  messages bigint not null,
  people bigint not null,
  new_people bigint not null,
  active bigint not null,
  active_week bigint not null,
  direct_rooms bigint not null,
  group_rooms bigint not null,
  public_rooms bigint not null,
  files bigint not null,
  file_bytes bigint not null,
  counted_at timestamp with time zone not null,
  constraint daily_activity_pkey PRIMARY KEY (day)
);


create table daily_people (
  day date not null,
  user_id uuid not null,
  constraint daily_people_pkey PRIMARY KEY (day, user_id)
);


create table drafts (
  room_id uuid not null,
  user_id uuid not null,
  text text not null,
  reply_to bigint,
  at timestamp with time zone not null default now(),
  constraint drafts_reply_to_check CHECK ((reply_to > 0)),
  constraint drafts_room_id_user_id_fkey FOREIGN KEY (room_id, user_id) REFERENCES members(room_id, user_id) ON DELETE CASCADE,
  constraint drafts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint drafts_pkey PRIMARY KEY (user_id, room_id)
);

CREATE INDEX drafts_of_room ON public.drafts USING btree (room_id, user_id);

create table exports (
  user_id uuid not null,
  asked_at timestamp with time zone not null default now(),
  constraint exports_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint exports_pkey PRIMARY KEY (user_id)
);

CREATE TRIGGER audit AFTER INSERT OR UPDATE ON public.exports FOR EACH ROW EXECUTE FUNCTION audit('{user_id}', '{user_id,asked_at}');

create table filter_words (
  id uuid not null,
  word text not null,
  word_key text collate "C" not null,
  action text not null,
  created_at timestamp with time zone not null default now(),
  version bigint not null generated always as identity,
  constraint filter_words_action_check CHECK ((action = ANY (ARRAY['refuse'::text, 'flag'::text]))),
  constraint filter_words_word_check CHECK (((char_length(word) >= 1) AND (char_length(word) <= 100))),
  constraint filter_words_pkey PRIMARY KEY (id),
  constraint filter_words_known UNIQUE (word_key),
  constraint filter_words_version_key UNIQUE (version)
);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.filter_words FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,word,action}');

create table former_members (
  room_id uuid not null,
  user_id uuid not null,
  version bigint not null,
  user_version bigint not null,
  constraint former_members_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint former_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint former_members_pkey PRIMARY KEY (room_id, user_id)
);

CREATE INDEX former_members_by_version ON public.former_members USING btree (room_id, version);
CREATE INDEX former_members_of_user ON public.former_members USING btree (user_id, user_version);

create table identities (
  id uuid not null,
  user_id uuid not null,
  issuer text collate "C" not null,
  subject text collate "C" not null,
  name text,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone not null default now(),
  constraint identities_issuer_check CHECK (((char_length(issuer) >= 1) AND (char_length(issuer) <= 500))),
  constraint identities_name_check CHECK ((char_length(name) <= 254)),
  constraint identities_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 255))),
  constraint identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint identities_pkey PRIMARY KEY (id),
  constraint identities_once UNIQUE (issuer, subject)
);

CREATE INDEX identities_of_user ON public.identities USING btree (user_id, created_at);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.identities FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,user_id,issuer,subject,name}');

create table invites (
  id uuid not null,
  room_id uuid not null,
  hash bytea not null,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  max_uses integer,
  uses integer not null default 0,
  constraint invites_check CHECK ((uses <= max_uses)),
  constraint invites_hash_check CHECK ((octet_length(hash) = 32)),
  constraint invites_max_uses_check CHECK (((max_uses >= 1) AND (max_uses <= 1000))),
  constraint invites_uses_check CHECK ((uses >= 0)),
  constraint invites_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint invites_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint invites_pkey PRIMARY KEY (id),
  constraint invites_hash_key UNIQUE (hash)
);

CREATE INDEX invites_of_maker ON public.invites USING btree (created_by);
CREATE INDEX invites_of_room ON public.invites USING btree (room_id, created_at);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.invites FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,room_id,created_by,expires_at,max_uses}');

create table letters (
  id uuid not null,
  kind text not null,
  user_id uuid not null,
  recipient text not null,
  reference uuid,
  created_at timestamp with time zone not null default now(),
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone not null default now(),
  sent_at timestamp with time zone,
  failed_at timestamp with time zone,
  last_error text,
  constraint letters_attempts_check CHECK ((attempts >= 0)),
  constraint letters_check CHECK (((sent_at IS NULL) OR (failed_at IS NULL))),
  constraint letters_kind_check CHECK ((kind ~ '^[a-z_]{1,40}$'::text)),
  constraint letters_last_error_check CHECK ((char_length(last_error) <= 500)),
  constraint letters_recipient_check CHECK ((char_length(recipient) <= 254)),
  constraint letters_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint letters_pkey PRIMARY KEY (id)
);

CREATE INDEX letters_of_user ON public.letters USING btree (user_id, created_at);
CREATE INDEX letters_waiting ON public.letters USING btree (next_attempt_at) WHERE ((sent_at IS NULL) AND (failed_at IS NULL));

create table lines (
  room_id uuid not null,
  version bigint not null,
  after_seq bigint not null,
  kind text not null,
  actor_id uuid not null,
  subject_id uuid,
  text text,
  at timestamp with time zone not null default now(),
  constraint lines_after_seq_check CHECK ((after_seq >= 0)),
  constraint lines_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users(id),
  constraint lines_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint lines_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES users(id),
  constraint lines_pkey PRIMARY KEY (room_id, version)
);

CREATE INDEX lines_in_timeline ON public.lines USING btree (room_id, after_seq, version);

create table mail_tokens (
  id uuid not null,
  user_id uuid not null,
  purpose text not null,
  email text not null,
  email_key text collate "C" not null,
  hash bytea not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint mail_tokens_email_check CHECK ((char_length(email) <= 254)),
  constraint mail_tokens_hash_check CHECK ((octet_length(hash) = 32)),
  constraint mail_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['password'::text, 'email'::text]))),
  constraint mail_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint mail_tokens_pkey PRIMARY KEY (id),
  constraint mail_tokens_hash_key UNIQUE (hash)
);

CREATE INDEX mail_tokens_of_user ON public.mail_tokens USING btree (user_id, created_at);
CREATE UNIQUE INDEX mail_tokens_one_live ON public.mail_tokens USING btree (user_id, purpose) WHERE (ended_at IS NULL);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.mail_tokens FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,user_id,purpose,email,expires_at,ended_at}');

create table media (
  id uuid not null,
  owner_id uuid,
  hash bytea not null,
  name text not null,
  type text not null,
  bytes bigint not null,
  width integer,
  height integer,
  thumbnail bytea,
  thumbnail_type text,
  thumbnail_bytes integer,
  voice boolean not null default false,
  created_at timestamp with time zone not null default now(),
  sent_at timestamp with time zone,
  unused_since timestamp with time zone default now(),
  constraint media_bytes_check CHECK ((bytes >= 0)),
  constraint media_check CHECK (((width IS NULL) = (height IS NULL))),
  constraint media_check1 CHECK ((((thumbnail IS NULL) = (thumbnail_type IS NULL)) AND ((thumbnail IS NULL) = (thumbnail_bytes IS NULL)))),
  constraint media_height_check CHECK ((height > 0)),
  constraint media_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 255))),
  constraint media_thumbnail_bytes_check CHECK ((thumbnail_bytes > 0)),
  constraint media_thumbnail_type_check CHECK ((thumbnail_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text]))),
  constraint media_type_check CHECK (((char_length(type) >= 3) AND (char_length(type) <= 100))),
  constraint media_width_check CHECK ((width > 0)),
  constraint media_hash_fkey FOREIGN KEY (hash) REFERENCES media_blobs(hash),
  constraint media_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id),
  constraint media_thumbnail_fkey FOREIGN KEY (thumbnail) REFERENCES media_blobs(hash),
  constraint media_pkey PRIMARY KEY (id)
);

CREATE INDEX media_by_hash ON public.media USING btree (hash);
CREATE INDEX media_by_thumbnail ON public.media USING btree (thumbnail) WHERE (thumbnail IS NOT NULL);
CREATE INDEX media_of_owner ON public.media USING btree (owner_id, id) INCLUDE (bytes);
CREATE INDEX media_unused ON public.media USING btree (unused_since) WHERE (unused_since IS NOT NULL);
CREATE TRIGGER audit AFTER INSERT OR DELETE ON public.media FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,owner_id,type,bytes}');

create table media_blobs (
  hash bytea not null,
  unused_since timestamp with time zone default now(),
  constraint media_blobs_hash_check CHECK ((octet_length(hash) = 32)),
  constraint media_blobs_pkey PRIMARY KEY (hash)
);

CREATE INDEX media_blobs_unused ON public.media_blobs USING btree (unused_since) WHERE (unused_since IS NOT NULL);

create table members (
  room_id uuid not null,
  user_id uuid not null,
  role text not null,
  joined_at timestamp with time zone not null default now(),
  version bigint not null,
  from_seq bigint not null default 0,
  from_version bigint not null default 0,
  constraint members_from_seq_check CHECK ((from_seq >= 0)),
  constraint members_from_version_check CHECK ((from_version >= 0)),
  constraint members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'moderator'::text, 'member'::text]))),
  constraint members_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint members_pkey PRIMARY KEY (room_id, user_id)
);

CREATE INDEX members_by_version ON public.members USING btree (room_id, version);
CREATE INDEX members_of_user ON public.members USING btree (user_id, room_id) INCLUDE (from_seq);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.members FOR EACH ROW EXECUTE FUNCTION audit('{room_id,user_id}', '{room_id,user_id,role}');

create table mentions (
  user_id uuid not null,
  room_key bigint not null,
  seq bigint not null,
  at timestamp with time zone not null,
  constraint mentions_pkey PRIMARY KEY (user_id, room_key, seq)
);

CREATE INDEX mentions_in_time ON public.mentions USING btree (user_id, at, room_key, seq);
CREATE INDEX mentions_of_message ON public.mentions USING btree (room_key, seq);

create table message_edits (
  room_key bigint not null,
  seq bigint not null,
  version bigint not null,
  body text not null,
  at timestamp with time zone not null,
  constraint message_edits_pkey PRIMARY KEY (room_key, seq, version)
);


create table message_search (
  room_key bigint not null,
  sent_at timestamp with time zone not null,
  seq bigint not null,
  grams integer[] not null,
  constraint message_search_pkey PRIMARY KEY (room_key, sent_at, seq)
) with (autovacuum_vacuum_insert_scale_factor=0.1);

CREATE INDEX message_search_grams ON public.message_search USING gin (grams);

create table messages (
  room_key bigint not null,
  seq bigint not null,
  version bigint not null,
  client_id uuid not null,
  sender_id uuid not null,
  body text,
  digest bigint,
  sent_at timestamp with time zone not null,
  edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  reply_to bigint,
  thread_of bigint,
  thread_replies integer,
  thread_last bigint,
  mentions uuid[],
  mentions_room boolean,
  pinned_at timestamp with time zone,
  forwarded_room uuid,
  forwarded_seq bigint,
  forwarded_sender uuid,
  forwarded_at timestamp with time zone,
  reactions jsonb,
  attachments jsonb,
  preview jsonb,
  constraint messages_check CHECK ((version >= seq)),
  constraint messages_check1 CHECK (((body IS NULL) = (deleted_at IS NOT NULL))),
  constraint messages_check2 CHECK (((digest IS NULL) = (deleted_at IS NOT NULL))),
  constraint messages_check3 CHECK (((reply_to > 0) AND (reply_to < seq))),
  constraint messages_check4 CHECK (((thread_of > 0) AND (thread_of < seq))),
  constraint messages_seq_check CHECK ((seq > 0)),
  constraint messages_pkey PRIMARY KEY (room_key, seq),
  constraint messages_once UNIQUE (client_id, sender_id, room_key)
);

CREATE INDEX messages_by_version ON public.messages USING btree (room_key, version);
CREATE INDEX messages_of_thread ON public.messages USING btree (room_key, thread_of, seq) WHERE (thread_of IS NOT NULL);
CREATE INDEX messages_pinned ON public.messages USING btree (room_key, pinned_at) WHERE (pinned_at IS NOT NULL);
CREATE INDEX messages_to_all ON public.messages USING btree (room_key, seq) INCLUDE (sender_id) WHERE mentions_room;
CREATE INDEX messages_to_all_in_time ON public.messages USING btree (room_key, sent_at, seq) WHERE mentions_room;
CREATE TRIGGER audit AFTER UPDATE ON public.messages FOR EACH ROW WHEN (((old.body IS DISTINCT FROM new.body) OR (old.deleted_at IS DISTINCT FROM new.deleted_at))) EXECUTE FUNCTION audit_message();
CREATE TRIGGER audit_deletion AFTER DELETE ON public.messages FOR EACH ROW EXECUTE FUNCTION audit_message();

create table passkeys (
  id uuid not null,
  user_id uuid not null,
  name text not null,
  credential_id bytea not null,
  public_key bytea not null,
  sign_count bigint not null,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  constraint passkeys_credential_id_check CHECK ((octet_length(credential_id) <= 1023)),
  constraint passkeys_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 64))),
  constraint passkeys_sign_count_check CHECK ((sign_count >= 0)),
  constraint passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint passkeys_pkey PRIMARY KEY (id),
  constraint passkeys_credential_known UNIQUE (credential_id)
);

CREATE INDEX passkeys_of_user ON public.passkeys USING btree (user_id, created_at);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.passkeys FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,user_id,name}');

create table purges (
  room_id uuid not null,
  asked_at timestamp with time zone not null default now(),
  constraint purges_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint purges_pkey PRIMARY KEY (room_id)
);


create table reactions (
  room_key bigint not null,
  seq bigint not null,
  emoji text collate "C" not null,
  user_id uuid not null,
  version bigint not null,
  constraint reactions_emoji_check CHECK (((length(emoji) >= 1) AND (length(emoji) <= 32))),
  constraint reactions_pkey PRIMARY KEY (room_key, user_id, seq, emoji)
);

CREATE INDEX reactions_in_order ON public.reactions USING btree (((room_key + 0)), seq, emoji, version);

create table read_marks (
  room_id uuid not null,
  user_id uuid not null,
  read_seq bigint not null default 0,
  user_version bigint not null,
  notify text,
  unread boolean,
  pinned_at timestamp with time zone,
  hidden_seq bigint,
  constraint read_marks_notify_check CHECK ((notify = ANY (ARRAY['mentions'::text, 'none'::text]))),
  constraint read_marks_read_seq_check CHECK ((read_seq >= 0)),
  constraint read_marks_room_id_user_id_fkey FOREIGN KEY (room_id, user_id) REFERENCES members(room_id, user_id) ON DELETE CASCADE,
  constraint read_marks_pkey PRIMARY KEY (room_id, user_id)
) with (fillfactor=70);


create table refresh_tokens (
  hash bytea not null,
  session_id uuid not null,
  created_at timestamp with time zone not null default now(),
  spent_at timestamp with time zone,
  constraint refresh_tokens_hash_check CHECK ((octet_length(hash) = 32)),
  constraint refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
  constraint refresh_tokens_pkey PRIMARY KEY (hash)
);

CREATE INDEX refresh_tokens_of_session ON public.refresh_tokens USING btree (session_id, spent_at);
CREATE UNIQUE INDEX refresh_tokens_one_unspent ON public.refresh_tokens USING btree (session_id) WHERE (spent_at IS NULL);

create table registration (
  only_row boolean not null default true,
  mode text not null default 'open'::text,
  first_is_admin boolean not null default true,
  constraint registration_mode_check CHECK ((mode = ANY (ARRAY['open'::text, 'invite'::text, 'closed'::text]))),
  constraint registration_only_row_check CHECK (only_row),
  constraint registration_pkey PRIMARY KEY (only_row)
);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.registration FOR EACH ROW EXECUTE FUNCTION audit('{only_row}', '{mode,first_is_admin}');

create table reports (
  id uuid not null,
  room_id uuid not null,
  seq bigint not null,
  author_id uuid not null,
  reporter_id uuid,
  reason text not null,
  note text,
  created_at timestamp with time zone not null default clock_timestamp(),
  handled_by uuid,
  handled_at timestamp with time zone,
  outcome text,
  constraint reports_check CHECK (((reason = 'filter'::text) = (reporter_id IS NULL))),
  constraint reports_check1 CHECK ((((handled_by IS NULL) = (outcome IS NULL)) AND ((handled_at IS NULL) = (outcome IS NULL)))),
  constraint reports_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 500))),
  constraint reports_outcome_check CHECK ((outcome = ANY (ARRAY['dismissed'::text, 'message-deleted'::text, 'author-disabled'::text]))),
  constraint reports_reason_check CHECK ((reason = ANY (ARRAY['spam'::text, 'harassment'::text, 'hate'::text, 'violence'::text, 'sexual'::text, 'illegal'::text, 'other'::text, 'filter'::text]))),
  constraint reports_seq_check CHECK ((seq > 0)),
  constraint reports_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id),
  constraint reports_handled_by_fkey FOREIGN KEY (handled_by) REFERENCES users(id),
  constraint reports_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES users(id),
  constraint reports_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint reports_pkey PRIMARY KEY (id),
  constraint reports_room_id_seq_reporter_id_key UNIQUE (room_id, seq, reporter_id)
);

CREATE INDEX reports_of_author ON public.reports USING btree (author_id, id);
CREATE UNIQUE INDEX reports_of_filter ON public.reports USING btree (room_id, seq) WHERE (reporter_id IS NULL);
CREATE INDEX reports_of_reporter ON public.reports USING btree (reporter_id, id);
CREATE INDEX reports_open ON public.reports USING btree (id) WHERE (outcome IS NULL);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.reports FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,room_id,seq,author_id,reporter_id,reason,handled_by,handled_at,outcome}');

create table retentions (
  room_id uuid not null,
  seq bigint not null default 0,
  due_at timestamp with time zone not null default now(),
  constraint retentions_seq_check CHECK ((seq >= 0)),
  constraint retentions_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint retentions_pkey PRIMARY KEY (room_id)
);

CREATE INDEX retentions_due ON public.retentions USING btree (due_at);

create table room_heads (
  room_id uuid not null,
  room_key bigint not null generated always as identity,
  last_seq bigint not null default 0,
  version bigint not null,
  member_count integer not null default 0,
  last_sent_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint room_heads_check CHECK ((version > last_seq)),
  constraint room_heads_last_seq_check CHECK ((last_seq >= 0)),
  constraint room_heads_member_count_check CHECK ((member_count >= 0)),
  constraint room_heads_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint room_heads_pkey PRIMARY KEY (room_id),
  constraint room_heads_room_key_key UNIQUE (room_key)
) with (fillfactor=50);


create table room_pictures (
  room_id uuid not null,
  hash text not null,
  type text not null,
  bytes bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint room_pictures_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 400000))),
  constraint room_pictures_hash_check CHECK ((char_length(hash) = 64)),
  constraint room_pictures_type_check CHECK ((type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text]))),
  constraint room_pictures_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint room_pictures_pkey PRIMARY KEY (room_id)
);


create table rooms (
  id uuid not null,
  kind text not null,
  name text,
  name_key text collate "C",
  direct_low uuid,
  direct_high uuid,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  version bigint not null,
  deleted_at timestamp with time zone,
  topic text,
  avatar_url text,
  archived_at timestamp with time zone,
  posting text not null default 'members'::text,
  history text not null default 'all'::text,
  retention_days integer,
  constraint rooms_check CHECK (((kind = 'direct'::text) = ((direct_low IS NOT NULL) AND (direct_high IS NOT NULL)))),
  constraint rooms_check1 CHECK ((direct_low < direct_high)),
  constraint rooms_check2 CHECK (((kind = 'direct'::text) = ((name IS NULL) AND (name_key IS NULL)))),
  constraint rooms_history_check CHECK ((history = ANY (ARRAY['all'::text, 'joined'::text]))),
  constraint rooms_kind_check CHECK ((kind = ANY (ARRAY['direct'::text, 'group'::text, 'public'::text]))),
  constraint rooms_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint rooms_posting_check CHECK ((posting = ANY (ARRAY['members'::text, 'moderators'::text]))),
  constraint rooms_retention_days_check CHECK (((retention_days >= 1) AND (retention_days <= 36500))),
  constraint rooms_topic_check CHECK (((length(topic) >= 1) AND (length(topic) <= 500))),
  constraint rooms_version_check CHECK ((version > 0)),
  constraint rooms_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint rooms_direct_high_fkey FOREIGN KEY (direct_high) REFERENCES users(id),
  constraint rooms_direct_low_fkey FOREIGN KEY (direct_low) REFERENCES users(id),
  constraint rooms_pkey PRIMARY KEY (id),
  constraint rooms_direct_low_direct_high_key UNIQUE (direct_low, direct_high)
);

CREATE INDEX rooms_by_kind ON public.rooms USING btree (kind, id);
CREATE INDEX rooms_by_name ON public.rooms USING btree (name_key, id) WHERE (name_key IS NOT NULL);
CREATE INDEX rooms_directory ON public.rooms USING btree (name_key, id) WHERE ((kind = 'public'::text) AND (deleted_at IS NULL));
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.rooms FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,kind,name,topic,avatar_url,archived_at,posting,history,retention_days,direct_low,direct_high,created_by,deleted_at}');

create table rounds (
  user_id uuid not null,
  leaving boolean not null,
  remove_messages boolean not null default false,
  room_id uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  seq bigint not null default 0,
  asked_at timestamp with time zone not null default now(),
  constraint rounds_check CHECK ((leaving OR (NOT remove_messages))),
  constraint rounds_seq_check CHECK ((seq >= 0)),
  constraint rounds_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint rounds_pkey PRIMARY KEY (user_id)
);


create table scheduled (
  user_id uuid not null,
  id uuid not null,
  room_id uuid not null,
  text text not null,
  reply_to bigint,
  thread_of bigint,
  send_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  claimed_until timestamp with time zone,
  failed text,
  constraint scheduled_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms(id),
  constraint scheduled_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint scheduled_pkey PRIMARY KEY (user_id, id)
);

CREATE INDEX scheduled_due ON public.scheduled USING btree (send_at) WHERE (failed IS NULL);
CREATE INDEX scheduled_of_room ON public.scheduled USING btree (room_id);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF room_id, reply_to, thread_of, send_at, failed ON public.scheduled FOR EACH ROW EXECUTE FUNCTION audit('{user_id,id}', '{user_id,id,room_id,reply_to,thread_of,send_at,failed}');

create table search_marks (
  room_key bigint not null,
  seq bigint not null default 0,
  constraint search_marks_seq_check CHECK ((seq >= 0)),
  constraint search_marks_pkey PRIMARY KEY (room_key)
) with (fillfactor=50);


create table second_factors (
  user_id uuid not null,
  secret bytea not null,
  set_up_at timestamp with time zone not null default now(),
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  attempts integer not null default 0,
  attempts_since timestamp with time zone not null default now(),
  recovery_hashes bytea[] not null default '{}'::bytea[],
  recovery_set_at timestamp with time zone,
  recovery_left integer not null generated always as (cardinality(recovery_hashes)) stored,
  constraint second_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint second_factors_pkey PRIMARY KEY (user_id)
);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.second_factors FOR EACH ROW EXECUTE FUNCTION audit('{user_id}', '{user_id,confirmed_at,recovery_set_at,recovery_left}');

create table sessions (
  id uuid not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  address text,
  agent text,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  cookie_hash bytea,
  confirmed_at timestamp with time zone not null default now(),
  idle_life interval,
  constraint sessions_address_check CHECK ((char_length(address) <= 64)),
  constraint sessions_agent_check CHECK ((char_length(agent) <= 256)),
  constraint sessions_cookie_hash_check CHECK ((octet_length(cookie_hash) = 32)),
  constraint sessions_idle_life_check CHECK ((idle_life > '00:00:00'::interval)),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_cookie_hash_key UNIQUE (cookie_hash)
) with (fillfactor=80);

CREATE INDEX sessions_by_end ON public.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF user_id, address, agent, expires_at, ended_at ON public.sessions FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,user_id,address,agent,expires_at,ended_at}');

create table spent_tokens (
  application_id uuid not null,
  hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint spent_tokens_hash_check CHECK ((octet_length(hash) = 32)),
  constraint spent_tokens_application_id_fkey FOREIGN KEY (application_id) REFERENCES applications(id) ON DELETE CASCADE,
  constraint spent_tokens_pkey PRIMARY KEY (application_id, hash)
);

CREATE INDEX spent_tokens_by_expiry ON public.spent_tokens USING btree (expires_at);

create table tickets (
  hash bytea not null,
  session_id uuid not null,
  expires_at timestamp with time zone not null,
  constraint tickets_hash_check CHECK ((octet_length(hash) = 32)),
  constraint tickets_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
  constraint tickets_pkey PRIMARY KEY (hash)
);

CREATE INDEX tickets_of_session ON public.tickets USING btree (session_id, expires_at);

create table user_heads (
  user_id uuid not null,
  version bigint not null default 0,
  constraint user_heads_version_check CHECK ((version >= 0)),
  constraint user_heads_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint user_heads_pkey PRIMARY KEY (user_id)
) with (fillfactor=70);


create table users (
  id uuid not null,
  username text not null,
  username_key text collate "C" not null,
  display_name text not null,
  display_key text collate "C" not null,
  email text,
  email_key text collate "C",
  password_hash text,
  role text not null,
  avatar_url text,
  created_at timestamp with time zone not null default now(),
  disabled_at timestamp with time zone,
  email_verified_at timestamp with time zone,
  password_set_at timestamp with time zone not null default now(),
  status_text text,
  time_zone text,
  deleted_at timestamp with time zone,
  username_skeleton text collate "C",
  direct_from text not null default 'everyone'::text,
  constraint users_check CHECK (((email IS NULL) = (email_key IS NULL))),
  constraint users_direct_from_check CHECK ((direct_from = ANY (ARRAY['everyone'::text, 'shared'::text]))),
  constraint users_display_name_check CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 64))),
  constraint users_email_check CHECK ((char_length(email) <= 254)),
  constraint users_gone_for_good CHECK (((deleted_at IS NULL) OR (disabled_at IS NOT NULL))),
  constraint users_password_hash_check CHECK ((password_hash ~~ '$argon2id$%'::text)),
  constraint users_role_check CHECK ((role = ANY (ARRAY['user'::text, 'admin'::text]))),
  constraint users_status_text_check CHECK (((char_length(status_text) >= 1) AND (char_length(status_text) <= 140))),
  constraint users_time_zone_check CHECK ((char_length(time_zone) <= 64)),
  constraint users_username_check CHECK (((char_length(username) >= 2) AND (char_length(username) <= 32))),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_taken UNIQUE (email_key),
  constraint users_username_looks_taken UNIQUE (username_skeleton),
  constraint users_username_taken UNIQUE (username_key)
);

CREATE INDEX users_by_display_name ON public.users USING btree (display_key, username_key);
CREATE INDEX users_disabled ON public.users USING btree (id) WHERE (disabled_at IS NOT NULL);
CREATE INDEX users_who_administer ON public.users USING btree (id) WHERE (role = 'admin'::text);
CREATE INDEX users_without_skeleton ON public.users USING btree (created_at) WHERE (username_skeleton IS NULL);
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION audit('{id}', '{id,username,display_name,email,email_verified_at,password_set_at,avatar_url,status_text,time_zone,direct_from,role,disabled_at,deleted_at}');


CREATE OR REPLACE FUNCTION public.audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  key_columns  text[] := tg_argv[0];
  kept_columns text[] := tg_argv[1];
  old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  was jsonb := case when old_row is not null then audit_part(old_row, kept_columns) end;
  is_ jsonb := case when new_row is not null then audit_part(new_row, kept_columns) end;
begin
  if tg_op = 'UPDATE' and was = is_ then
    return null;
  end if;
  perform audit_write(
    null, tg_table_name, lower(tg_op), audit_part(coalesce(new_row, old_row), key_columns), was, is_);
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION public.audit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name;
end
$function$
;

CREATE OR REPLACE FUNCTION public.audit_message()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform audit_write(
    null, tg_table_name, lower(tg_op), jsonb_build_object(
      'room_id', (select room_id from room_heads where room_key = old.room_key), 'seq', old.seq),
    jsonb_build_object('sender_id', old.sender_id, 'version', old.version,
      'body_hash', encode(sha256(convert_to(coalesce(old.body, ''), 'UTF8')), 'hex')),
    case when tg_op = 'UPDATE' then jsonb_build_object('sender_id', new.sender_id, 'version', new.version,
      'edited_at', new.edited_at, 'deleted_at', new.deleted_at,
      'body_hash', encode(sha256(convert_to(coalesce(new.body, ''), 'UTF8')), 'hex')) end);
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION public.audit_part(whole jsonb, columns text[])
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(whole) where key = any (columns)
$function$
;

CREATE OR REPLACE FUNCTION public.audit_write(act text, model text, action text, row_id jsonb, before jsonb, after jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_current_xact_id();
  insert into audit_log (actor_id, request_id, address, table_name, action, act, row_id, before, after)
  values (
    nullif(current_setting('parley.actor', true), '')::uuid,
    nullif(current_setting('parley.request', true), ''),
    nullif(current_setting('parley.address', true), ''),
    model, action, act, row_id, before, after);
end
$function$
;

CREATE OR REPLACE FUNCTION public.first_id(of_day date)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select (lpad(to_hex((extract(epoch from of_day) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$function$
;

package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sessions: opened, found, confirmed, ended. Whatever changes a session locks its row first. */
final class SessionStore {
  /** Locks the account, as disabling it meanwhile would not see this session. */
  private static final String CREATE =
      """
      insert into sessions (id, user_id, address, agent, expires_at, cookie_hash, idle_life)
      select $1::uuid, id, $3::text, $4::text, $5::timestamptz, $6::bytea, make_interval(secs => $7::double precision)
      from users
      where id = $2 and disabled_at is null and ($8::text is null or password_hash = $8) for share""";

  /** What is long over, so that signing in every minute does not grow the table without end. */
  static final String FORGET_OLD =
      """
      delete from sessions
      where user_id = $1 and least(expires_at, ended_at, last_seen_at + idle_life) < now() - interval '30 days'""";

  private static final String ADD_REFRESH =
      "insert into refresh_tokens (hash, session_id) values ($1, $2)";

  static final String GET =
      """
      select s.id, s.expires_at, u.id as user_id, u.username, u.display_name, u.avatar_url, u.role, u.status_text,
        (select k.scopes from api_keys k where k.session_id = s.id) as scopes
      from sessions s join users u on u.id = s.user_id
      where s.id = any($1) and s.ended_at is null and u.disabled_at is null
        and least(s.expires_at, s.last_seen_at + s.idle_life) > now()""";

  static final String FIND_BY_COOKIE =
      """
      select s.id, s.expires_at, u.id as user_id, u.username, u.display_name, u.avatar_url, u.role, u.status_text,
        (select k.scopes from api_keys k where k.session_id = s.id) as scopes
      from sessions s join users u on u.id = s.user_id
      where s.cookie_hash = $1 and s.ended_at is null and u.disabled_at is null
        and least(s.expires_at, s.last_seen_at + s.idle_life) > now()""";

  private static final String END_OWN =
      """
      update sessions s set ended_at = coalesce(s.ended_at, clock_timestamp())
      from (select id, ended_at from sessions where id = $1 and user_id = $2 for no key update) was
      where s.id = was.id
      returning was.ended_at is null as lived""";

  static final String END_ALL =
      """
      update sessions set ended_at = clock_timestamp()
      where user_id = $1 and id is distinct from $2 and ended_at is null
        and ($3 or not exists (select from api_keys k where k.session_id = sessions.id))
      returning id""";

  private static final String CONFIRM =
      "update sessions set confirmed_at = now() where id = $1 and user_id = $2 and ended_at is null";

  private static final String IS_CONFIRMED =
      """
      select confirmed_at > now() - make_interval(secs => $2) as fresh
      from sessions where id = $1 and ended_at is null""";

  static final String ENDED_SINCE =
      """
      select id from sessions where ended_at > now() - make_interval(secs => $1)""";

  private static final int SESSIONS_AT_ONCE = 500;

  private final Postgres postgres;
  private final Gathered<UUID, LiveSession> finding;

  SessionStore(Vertx vertx, Postgres postgres) {
    this.postgres = postgres;
    this.finding = new Gathered<>(vertx, SESSIONS_AT_ONCE, this::find);
  }

  /** Fails with UNAUTHENTICATED when the account was disabled meanwhile. */
  Future<Void> create(Accounts.NewSession session) {
    Actor actor = session.device().stranger(session.requestId()).as(session.userId());
    return postgres.write(
        actor,
        connection ->
            connection
                .preparedQuery(CREATE)
                .execute(row(session))
                .map(rows -> atLeastOne(rows, Problem.UNAUTHENTICATED))
                .compose(made -> addRefresh(connection, session.refreshHash(), session.id()))
                .compose(added -> noteEntry(connection, session))
                .compose(
                    added ->
                        connection
                            .preparedQuery(FORGET_OLD)
                            .execute(Tuple.of(session.userId()))
                            .mapEmpty()));
  }

  private static Future<Void> noteEntry(SqlConnection connection, Accounts.NewSession session) {
    return session.by() == null
        ? Future.succeededFuture()
        : AuditStore.note(
            connection, Act.LOGIN, Map.of("id", session.id()), Map.of("by", session.by()));
  }

  private static Tuple row(Accounts.NewSession session) {
    return Tuple.of(
            session.id(),
            session.userId(),
            session.device().address(),
            session.device().agent(),
            time(session.expiresAt()),
            bytes(session.cookieHash()))
        .addValue(session.idleLife() == null ? null : session.idleLife().toMillis() / 1000.0)
        .addValue(session.provedHash());
  }

  static Future<Void> addRefresh(SqlConnection connection, byte[] hash, UUID sessionId) {
    return hash == null
        ? Future.succeededFuture()
        : connection
            .preparedQuery(ADD_REFRESH)
            .execute(Tuple.of(bytes(hash), sessionId))
            .mapEmpty();
  }

  /** The session, if it lives and its account may sign in. */
  Future<Optional<LiveSession>> find(UUID sessionId) {
    return finding.ask(sessionId);
  }

  private Future<Map<UUID, LiveSession>> find(List<UUID> sessionIds) {
    return postgres
        .read(GET, Tuple.of(sessionIds.toArray(UUID[]::new)))
        .map(
            rows ->
                Rows.list(rows, SessionStore::live).stream()
                    .collect(Collectors.toMap(LiveSession::id, each -> each)));
  }

  /** The living session of a cookie's hash. */
  Future<Optional<LiveSession>> findByCookie(byte[] hash) {
    return postgres.read(FIND_BY_COOKIE, Tuple.of(bytes(hash))).map(SessionStore::live);
  }

  /**
   * Ends one of the actor's own sessions, once or again; fails with NOT_FOUND when it is not
   * theirs.
   */
  Future<Void> end(Accounts.EndSession wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(END_OWN)
                .execute(Tuple.of(wish.sessionId(), wish.actor().userId()))
                .compose(
                    rows -> {
                      atLeastOne(rows, Problem.NOT_FOUND);
                      return Rows.first(rows).getBoolean("lived")
                          ? AuditStore.note(connection, Act.LOGOUT, wish.sessionId())
                          : Future.succeededFuture();
                    }));
  }

  /** Ends all sessions of an account but one, maybe; gives those that lived. */
  Future<List<UUID>> endAll(Accounts.EndSessions wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            endAll(connection, wish.userId(), wish.exceptId())
                .compose(
                    ended ->
                        AuditStore.note(
                                connection,
                                Act.LOGOUT_OTHERS,
                                Map.of("id", wish.userId()),
                                Map.of("sessions", ended.size()))
                            .map(ended)));
  }

  /**
   * The same, as part of what a transaction does to the account. Whoever keeps a session keeps the
   * account's keys too; who ends them all (after a reset, disabled, deleted) ends the keys.
   */
  static Future<List<UUID>> endAll(SqlConnection connection, UUID userId, UUID exceptId) {
    return endAll(connection, userId, exceptId, exceptId == null);
  }

  /** {@code keysToo} says whether the keys of programs end as well. */
  static Future<List<UUID>> endAll(
      SqlConnection connection, UUID userId, UUID exceptId, boolean keysToo) {
    return connection
        .preparedQuery(END_ALL)
        .execute(Tuple.of(userId, exceptId, keysToo))
        .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
  }

  /** Notes that the session has proved again whose it is. */
  Future<Void> confirm(Accounts.SessionConfirmed wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(CONFIRM)
                .execute(Tuple.of(wish.sessionId(), wish.actor().userId()))
                .map(rows -> atLeastOne(rows, Problem.UNAUTHENTICATED))
                .compose(done -> AuditStore.note(connection, Act.CONFIRM, wish.sessionId())));
  }

  /** Whether the session has proved lately whose it is. */
  Future<Boolean> isConfirmed(Accounts.ConfirmedWithin wish) {
    return postgres
        .read(IS_CONFIRMED, Tuple.of(wish.sessionId(), wish.ago().toMillis() / 1000.0))
        .map(rows -> Rows.first(rows) != null && Rows.first(rows).getBoolean("fresh"));
  }

  /** Sessions that ended lately, on whatever node. */
  Future<List<UUID>> endedSince(Accounts.EndedSince wish) {
    return postgres
        .read(ENDED_SINCE, Tuple.of(wish.ago().toMillis() / 1000.0))
        .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
  }

  /** Columns id, expires_at, scopes and those of the person. */
  static Optional<LiveSession> live(RowSet<Row> rows) {
    return Optional.ofNullable(Rows.first(rows)).map(SessionStore::live);
  }

  private static LiveSession live(Row row) {
    return new LiveSession(
        row.getUUID("id"),
        UserStore.user(row),
        Rows.instant(row, "expires_at"),
        ApiKeyStore.scopes(row));
  }

  static Void atLeastOne(RowSet<Row> rows, Problem otherwise) {
    if (rows.rowCount() == 0) {
      throw otherwise.failure();
    }
    return null;
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static Buffer bytes(byte[] hash) {
    return hash == null ? null : Buffer.buffer(hash);
  }
}

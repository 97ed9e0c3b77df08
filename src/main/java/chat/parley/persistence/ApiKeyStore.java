package chat.parley.persistence;

import static chat.parley.persistence.SessionStore.atLeastOne;
import static chat.parley.persistence.SessionStore.bytes;
import static chat.parley.persistence.SessionStore.time;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.ApiKey;
import chat.parley.model.ApiKeys;
import chat.parley.model.Scope;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keys of programs: sessions that nobody signed in to, each with a name and scopes. */
final class ApiKeyStore {
  static final int MOST = 50;

  /** When a key ends that lasts until it is revoked; a session has to end some time. */
  private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * Keys of one account are made one after the other, so that they can be counted; and before or
   * after a reset of its password, so that none outlives it.
   */
  private static final String LOCK_OWNER =
      "select id from users where id = $1 and disabled_at is null for no key update";

  private static final String REQUIRE_LIVE =
      "select id from sessions where id = $1 and ended_at is null";

  static final String COUNT =
      """
      select count(*) from sessions s join api_keys k on k.session_id = s.id
      where s.user_id = $1 and s.ended_at is null and s.expires_at > now()""";

  /** Never confirmed: a key proves nothing but itself. */
  private static final String ADD_SESSION =
      """
      insert into sessions (id, user_id, address, agent, expires_at, confirmed_at)
      values ($1, $2, $3, $4, $5, 'epoch') returning created_at""";

  private static final String ADD_KEY =
      "insert into api_keys (session_id, hash, name, scopes) values ($1, $2, $3, $4)";

  static final String LIST =
      """
      select s.id, k.name, k.scopes, s.created_at, k.last_used_at, s.expires_at
      from sessions s join api_keys k on k.session_id = s.id
      where s.user_id = $1 and s.ended_at is null and s.expires_at > now()
      order by s.created_at, s.id""";

  static final String FIND =
      """
      select s.id, s.expires_at, k.scopes, u.id as user_id, u.username, u.display_name, u.avatar_url, u.role
      from api_keys k join sessions s on s.id = k.session_id join users u on u.id = s.user_id
      where k.hash = $1 and s.ended_at is null and s.expires_at > now() and u.disabled_at is null""";

  private static final String REVOKE =
      """
      update sessions s set ended_at = coalesce(s.ended_at, clock_timestamp()) from api_keys k
      where s.id = $1 and s.user_id = $2 and k.session_id = s.id""";

  private static final String USED =
      """
      update api_keys set last_used_at = now()
      where session_id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')""";

  private final Postgres postgres;

  ApiKeyStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Fails with CONFLICT when the account has as many as it may have. */
  Future<ApiKey> create(ApiKeys.Row key) {
    return postgres.write(
        key.actor(),
        connection ->
            connection
                .preparedQuery(LOCK_OWNER)
                .execute(Tuple.of(key.actor().userId()))
                .map(owner -> atLeastOne(owner, Problem.UNAUTHENTICATED))
                .compose(
                    locked ->
                        connection.preparedQuery(REQUIRE_LIVE).execute(Tuple.of(key.madeIn())))
                .map(maker -> atLeastOne(maker, Problem.UNAUTHENTICATED))
                .compose(live -> requireRoom(connection, key.actor().userId()))
                .compose(room -> insert(connection, key))
                .compose(made -> note(connection, Act.KEY_MAKE, key.id()).map(made)));
  }

  private static Future<Void> note(SqlConnection connection, Act act, UUID keyId) {
    return AuditStore.note(connection, act, Map.of("session_id", keyId));
  }

  private static Future<Void> requireRoom(SqlConnection connection, UUID userId) {
    return connection
        .preparedQuery(COUNT)
        .execute(Tuple.of(userId))
        .map(
            rows -> {
              if (Rows.first(rows).getLong(0) >= MOST) {
                throw Problem.CONFLICT.because("An account has at most " + MOST + " keys");
              }
              return null;
            });
  }

  private static Future<ApiKey> insert(SqlConnection connection, ApiKeys.Row key) {
    Instant expiresAt = key.expiresAt() == null ? NEVER : key.expiresAt();
    Tuple session =
        Tuple.of(key.id(), key.actor().userId(), key.device().address(), key.device().agent())
            .addValue(time(expiresAt));
    Tuple row = Tuple.of(key.id(), bytes(key.hash()), key.name(), stored(key.scopes()));
    return connection
        .preparedQuery(ADD_SESSION)
        .execute(session)
        .map(made -> Rows.instant(Rows.first(made), "created_at"))
        .compose(
            createdAt ->
                connection
                    .preparedQuery(ADD_KEY)
                    .execute(row)
                    .compose(added -> forgetOld(connection, key.actor().userId()))
                    .map(
                        new ApiKey(
                            key.id(), key.name(), key.scopes(), createdAt, null, key.expiresAt())));
  }

  private static Future<Void> forgetOld(SqlConnection connection, UUID userId) {
    return connection.preparedQuery(SessionStore.FORGET_OLD).execute(Tuple.of(userId)).mapEmpty();
  }

  /** The keys of an account that still open, oldest first. */
  Future<List<ApiKey>> list(UUID userId) {
    return postgres.read(LIST, Tuple.of(userId)).map(rows -> Rows.list(rows, ApiKeyStore::key));
  }

  /** The living session of a key's hash. */
  Future<Optional<LiveSession>> find(byte[] hash) {
    return postgres.read(FIND, Tuple.of(bytes(hash))).map(SessionStore::live);
  }

  /** Fails with NOT_FOUND when it is not the actor's. */
  Future<Void> revoke(ApiKeys.Revoke wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(REVOKE)
                .execute(Tuple.of(wish.keyId(), wish.actor().userId()))
                .map(rows -> atLeastOne(rows, Problem.NOT_FOUND))
                .compose(gone -> note(connection, Act.KEY_REVOKE, wish.keyId())));
  }

  /** Notes that a key was used, unless that was noted within the last minute. */
  Future<Void> used(UUID keyId) {
    return postgres.write(
        new Actor(null, null),
        connection -> connection.preparedQuery(USED).execute(Tuple.of(keyId)).mapEmpty());
  }

  private static ApiKey key(Row row) {
    Instant expiresAt = Rows.instant(row, "expires_at");
    return new ApiKey(
        row.getUUID("id"),
        row.getString("name"),
        List.copyOf(scopes(row)),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "last_used_at"),
        expiresAt.equals(NEVER) ? null : expiresAt);
  }

  /** Column scopes: those of a key, or null for a session of somebody who signed in. */
  static Set<Scope> scopes(Row row) {
    String[] stored = row.getArrayOfStrings("scopes");
    if (stored == null) {
      return Scope.ALL;
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Arrays.stream(stored)
        .map(scope -> Scope.valueOf(scope.toUpperCase(Locale.ROOT)))
        .forEach(scopes::add);
    return scopes;
  }

  private static String[] stored(List<Scope> scopes) {
    return scopes.stream().map(Rows::stored).toArray(String[]::new);
  }
}

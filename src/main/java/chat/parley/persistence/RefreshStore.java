package chat.parley.persistence;

import chat.parley.model.Accounts;
import chat.parley.model.Accounts.Rotated;
import chat.parley.model.Act;
import chat.parley.model.Device;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Refresh tokens, each used once. The session's row is locked first, so uses of one take turns. */
final class RefreshStore {
  private static final Rotated REFUSED = new Rotated(null, null);

  static final String LOCK_FOR_REFRESH =
      """
      select id, ended_at is null and least(expires_at, last_seen_at + idle_life) > now() as live
      from sessions where id = (select session_id from refresh_tokens where hash = $1) for no key update""";

  static final String SPEND_REFRESH =
      """
      update refresh_tokens set spent_at = clock_timestamp() where hash = $1 and spent_at is null""";

  private static final String SEEN =
      """
      update sessions set last_seen_at = now(), address = coalesce($2, address), agent = coalesce($3, agent)
      where id = $1""";

  static final String FORGET_SPENT =
      """
      delete from refresh_tokens where session_id = $1 and spent_at < now() - interval '7 days'""";

  private static final String END =
      """
      update sessions set ended_at = coalesce(ended_at, clock_timestamp()) where id = $1""";

  private final Postgres postgres;

  RefreshStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Spends one refresh token for the next. A token that is already spent ends its session. */
  Future<Rotated> rotate(Accounts.RotateRefresh wish) {
    return postgres.write(
        wish.device().stranger(wish.requestId()),
        connection ->
            connection
                .preparedQuery(LOCK_FOR_REFRESH)
                .execute(Tuple.of(SessionStore.bytes(wish.spentHash())))
                .compose(
                    rows -> {
                      Row session = Rows.first(rows);
                      return session == null || !session.getBoolean("live")
                          ? Future.succeededFuture(REFUSED)
                          : spend(connection, wish, session.getUUID("id"));
                    }));
  }

  /** A second statement, as only its snapshot sees what the previous holder of the lock did. */
  private static Future<Rotated> spend(
      SqlConnection connection, Accounts.RotateRefresh wish, UUID sessionId) {
    return connection
        .preparedQuery(SPEND_REFRESH)
        .execute(Tuple.of(SessionStore.bytes(wish.spentHash())))
        .compose(
            spent ->
                spent.rowCount() == 1
                    ? renew(connection, wish, sessionId)
                    : end(connection, sessionId));
  }

  private static Future<Rotated> renew(
      SqlConnection connection, Accounts.RotateRefresh wish, UUID sessionId) {
    Device device = wish.device();
    return SessionStore.addRefresh(connection, wish.nextHash(), sessionId)
        .compose(
            added ->
                connection
                    .preparedQuery(SEEN)
                    .execute(Tuple.of(sessionId, device.address(), device.agent())))
        .compose(seen -> connection.preparedQuery(FORGET_SPENT).execute(Tuple.of(sessionId)))
        .compose(
            forgotten ->
                connection
                    .preparedQuery(SessionStore.GET)
                    .execute(Tuple.of(new UUID[] {sessionId})))
        .map(rows -> new Rotated(SessionStore.live(rows).orElse(null), null));
  }

  private static Future<Rotated> end(SqlConnection connection, UUID sessionId) {
    return connection
        .preparedQuery(END)
        .execute(Tuple.of(sessionId))
        .compose(ended -> AuditStore.note(connection, Act.REFRESH_REUSED, sessionId))
        .map(new Rotated(null, sessionId));
  }
}

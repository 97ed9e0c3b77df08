package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Privacy;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.UUID;

/** Who may write to whom. */
final class PrivacyStore {
  private static final String GET = "select direct_from from users where id = $1";

  private static final String CHANGE =
      "update users set direct_from = coalesce($2, direct_from) where id = $1 returning direct_from";

  /** O(rooms of $1) index look-ups, and only when it matters. */
  static final String BETWEEN =
      """
      select
        exists (select from blocks where user_id = $1 and blocked_id = $2) as by_me,
        exists (select from blocks where user_id = $2 and blocked_id = $1) as by_them,
        u.direct_from = 'shared' and not exists (
          select from members mine
          join members theirs on theirs.room_id = mine.room_id and theirs.user_id = $2
          join rooms r on r.id = mine.room_id and r.kind <> 'direct'
          where mine.user_id = $1) as strangers
      from users u where u.id = $2
      """;

  private final Postgres postgres;

  PrivacyStore(Postgres postgres) {
    this.postgres = postgres;
  }

  Future<Privacy> get(UUID userId) {
    return postgres.read(GET, Tuple.of(userId)).map(PrivacyStore::privacy);
  }

  Future<Privacy> change(Privacy.Change q) {
    Privacy.DirectFrom wish = q.to().directFrom();
    Tuple values = Tuple.of(q.actor().userId(), wish == null ? null : Rows.stored(wish));
    return postgres
        .<RowSet<Row>>write(
            q.actor(), connection -> connection.preparedQuery(CHANGE).execute(values))
        .map(PrivacyStore::privacy);
  }

  private static Privacy privacy(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Problem.UNAUTHENTICATED.failure();
    }
    String stored = Rows.first(rows).getString("direct_from");
    return new Privacy(Privacy.DirectFrom.valueOf(stored.toUpperCase(Locale.ROOT)));
  }

  /**
   * Fails with FORBIDDEN when {@code me} may not open a direct room with {@code other}; both heads
   * are held, so nobody is blocked beside it.
   */
  static Future<Void> requireMayWrite(SqlConnection connection, UUID me, UUID other) {
    return connection
        .preparedQuery(BETWEEN)
        .execute(Tuple.of(me, other))
        .map(
            rows -> {
              refuse(Rows.first(rows));
              return null;
            });
  }

  private static void refuse(Row row) {
    if (row.getBoolean("by_me")) {
      throw Problem.FORBIDDEN.because("You have blocked this person");
    }
    if (row.getBoolean("by_them")) {
      throw Problem.FORBIDDEN.because("You cannot write to this person");
    }
    if (row.getBoolean("strangers")) {
      throw Problem.FORBIDDEN.because(
          "This person takes direct messages from people they share a room with");
    }
  }
}

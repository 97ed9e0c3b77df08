package chat.parley.persistence;

import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives accounts from before their skeletons, the oldest first: what a name looks like is known
 * here and not by the database. Beside all else, in small transactions; on an up-to-date database
 * it is one look into an empty index.
 */
final class SkeletonStore {
  private static final Logger LOG = LoggerFactory.getLogger(SkeletonStore.class);

  static final String MISSING =
      """
      select id, username from users where username_skeleton is null order by created_at limit 200""";

  static final String FILL =
      """
      update users set username_skeleton =
        case when exists (select from users where username_skeleton = $2) then ' ' || id else $2 end
      where id = $1 and username_skeleton is null""";

  private final Postgres postgres;

  SkeletonStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Completes when none is missing. What fails is tried again at the next start. */
  Future<Void> fill() {
    return postgres
        .write(new Actor(null, null), SkeletonStore::some)
        .compose(filled -> filled == 0 ? Future.<Void>succeededFuture() : fill())
        .onFailure(cause -> LOG.warn("Some names are not yet guarded: {}", cause.toString()));
  }

  /** Registrations wait meanwhile, so that none takes a skeleton between the look and the write. */
  private static Future<Integer> some(SqlConnection connection) {
    return connection
        .preparedQuery(MISSING)
        .execute()
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(0)
                    : connection
                        .query(UserStore.ONE_AT_A_TIME)
                        .execute()
                        .compose(turn -> each(connection, rows)));
  }

  private static Future<Integer> each(SqlConnection connection, RowSet<Row> rows) {
    Future<?> filled = Future.succeededFuture();
    for (Row row : rows) {
      Tuple values = Tuple.of(row.getUUID("id"), Skeleton.of(row.getString("username")));
      filled = filled.compose(before -> connection.preparedQuery(FILL).execute(values));
    }
    return filled.map(rows.size());
  }
}

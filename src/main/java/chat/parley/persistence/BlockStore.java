package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Blocks;
import chat.parley.model.Person;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Whom a person wants to hear nothing from. Whoever changes it holds their own head, as does who
 * makes a direct room with them: none is made beside it. O(log n); the list is O(k).
 */
final class BlockStore {
  static final int MAX_BLOCKS = 1_000;

  private static final String LOCK =
      "select version from user_heads where user_id = $1 for no key update";

  private static final String LOOK =
      """
      select (select count(*) from blocks where user_id = $1) as n,
        exists (select from blocks where user_id = $1 and blocked_id = $2) as already,
        exists (select from users where id = $2 and deleted_at is null) as known
      """;

  private static final String INSERT = "insert into blocks (user_id, blocked_id) values ($1, $2)";

  private static final String DELETE = "delete from blocks where user_id = $1 and blocked_id = $2";

  private static final String NEXT_VERSION =
      "update user_heads set version = version + 1 where user_id = $1 returning version";

  static final String LIST =
      """
      select u.id as user_id, u.username, u.display_name, u.avatar_url
      from blocks b join users u on u.id = b.blocked_id where b.user_id = $1 order by b.at desc, b.blocked_id
      """;

  private final Postgres postgres;

  BlockStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** The newest first. */
  Future<List<Person>> list(UUID userId) {
    return postgres.read(LIST, Tuple.of(userId)).map(rows -> Rows.list(rows, Rows::person));
  }

  /** Blocks or no longer blocks; once more changes nothing. */
  Future<Outcome<Void>> put(Blocks.Put q) {
    UUID me = q.actor().userId();
    if (me.equals(q.userId())) {
      throw Problem.CONFLICT.because("Nobody blocks themselves");
    }
    return postgres.write(
        q.actor(),
        connection ->
            run(connection, LOCK, Tuple.of(me))
                .compose(locked -> q.blocked() ? block(connection, q) : unblock(connection, q))
                .compose(
                    changed ->
                        changed
                            ? told(connection, q)
                            : Future.succeededFuture(Outcome.silent(null))));
  }

  private static Future<Boolean> block(SqlConnection connection, Blocks.Put q) {
    Tuple pair = Tuple.of(q.actor().userId(), q.userId());
    return run(connection, LOOK, pair)
        .compose(
            rows -> {
              Row row = Rows.first(rows);
              if (!row.getBoolean("known")) {
                throw Problem.NOT_FOUND.because("There is no such person");
              }
              if (row.getBoolean("already")) {
                return Future.succeededFuture(false);
              }
              if (row.getLong("n") >= MAX_BLOCKS) {
                throw Problem.CONFLICT.because("Nobody blocks more than " + MAX_BLOCKS + " people");
              }
              return run(connection, INSERT, pair).map(true);
            });
  }

  private static Future<Boolean> unblock(SqlConnection connection, Blocks.Put q) {
    return run(connection, DELETE, Tuple.of(q.actor().userId(), q.userId()))
        .map(gone -> gone.rowCount() > 0);
  }

  private static Future<Outcome<Void>> told(SqlConnection connection, Blocks.Put q) {
    UUID me = q.actor().userId();
    return run(connection, NEXT_VERSION, Tuple.of(me))
        .map(rows -> Rows.first(rows).getLong("version"))
        .map(version -> new UserEvent.Block(version, q.userId(), q.blocked()))
        .map(event -> new Outcome<>(null, List.of(), List.of(UserNotice.of(me, event))));
  }

  private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple arguments) {
    return connection.preparedQuery(sql).execute(arguments);
  }
}

package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to the database: single-statement reads, and writing transactions that know who acts. A
 * transaction that loses a serialization race or a deadlock is run again; what the database cannot
 * do right now becomes {@link Problem#UNAVAILABLE}.
 */
final class Postgres {
  private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
  private static final int ATTEMPTS = 3;

  /**
   * Transaction-local, so that the audit triggers know who acts, in which request and from where.
   */
  private static final String SET_ACTOR =
      """
      select set_config('parley.actor', $1, true), set_config('parley.request', $2, true),
        set_config('parley.address', $3, true)""";

  private final Pool pool;

  Postgres(Pool pool) {
    this.pool = pool;
  }

  /** One statement in its own snapshot. */
  Future<RowSet<Row>> read(String sql, Tuple arguments) {
    return pool.preparedQuery(sql).execute(arguments).recover(Postgres::failed);
  }

  /** A transaction of several statements, committed before the future completes. */
  <T> Future<T> write(Actor actor, Function<SqlConnection, Future<T>> work) {
    return attempt(actor, work, ATTEMPTS).recover(Postgres::failed);
  }

  private <T> Future<T> attempt(Actor actor, Function<SqlConnection, Future<T>> work, int left) {
    return pool.<T>withTransaction(
            connection -> {
              Future<RowSet<Row>> named =
                  connection
                      .preparedQuery(SET_ACTOR)
                      .execute(
                          Tuple.of(
                              actor.userId() == null ? "" : actor.userId().toString(),
                              actor.requestId() == null ? "" : actor.requestId(),
                              actor.address() == null ? "" : actor.address()));
              return named.compose(ready -> work.apply(connection));
            })
        .recover(
            cause ->
                isRace(cause) && left > 1
                    ? attempt(actor, work, left - 1)
                    : Future.failedFuture(cause));
  }

  private static boolean isRace(Throwable cause) {
    return cause instanceof PgException pg
        && pg.getSqlState() != null
        && pg.getSqlState().startsWith("40");
  }

  /** Names the constraint that a statement broke, or the empty string. */
  static String brokenConstraint(Throwable cause) {
    boolean integrity =
        cause instanceof PgException pg
            && pg.getSqlState() != null
            && pg.getSqlState().startsWith("23");
    String name = integrity ? ((PgException) cause).getConstraint() : null;
    return name == null ? "" : name;
  }

  private static <T> Future<T> failed(Throwable cause) {
    if (cause instanceof Failure) {
      return Future.failedFuture(cause);
    }
    if (isOurMistake(cause)) {
      LOG.error("A statement failed", cause);
      return Future.failedFuture(Problem.INTERNAL.failure());
    }
    LOG.warn("The database cannot answer: {}", cause.toString());
    return Future.failedFuture(
        Problem.UNAVAILABLE.retryAfter(1, "The database cannot answer right now"));
  }

  /** Syntax, types, constraints: everything that would fail again. The rest is weather. */
  private static boolean isOurMistake(Throwable cause) {
    if (!(cause instanceof PgException pg)) {
      return cause instanceof ClassCastException
          || cause instanceof IllegalArgumentException
          || cause instanceof NullPointerException
          || cause instanceof IllegalStateException;
    }
    String state = pg.getSqlState() == null ? "" : pg.getSqlState();
    return !(state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("55")
        || state.startsWith("40")
        || state.startsWith("25")
        || state.startsWith("58"));
  }
}

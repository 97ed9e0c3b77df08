package chat.parley.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The first question to a database that has just been reached: would it lose what it confirmed, and
 * is its schema the one this jar makes? Asked with the client that serves later, so that a start
 * that finds all as it should be needs no other driver. Blocks.
 *
 * @param notDurable settings that are not on, each as {@code name=value}
 * @param stamp which migrations made the schema; null when unknown
 */
public record FirstLook(List<String> notDurable, String stamp) {
  private static final int PATIENCE_S = 15;

  private static final String QUESTION =
      """
      select
        array(select name || '=' || setting from pg_settings
          where name = any ($1) and setting <> 'on' order by name) as not_on,
        obj_description(to_regclass('flyway_schema_history'), 'pg_class') as stamp
      """;

  /**
   * @throws StartFailure if the database does not answer
   */
  public static FirstLook at(Vertx vertx, DatabaseAddress address) {
    try {
      return PgConnection.connect(vertx, address.toConnectOptions())
          .compose(connection -> ask(connection).eventually(connection::close))
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StartFailure(
          "The database runs but does not let us in: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new StartFailure("The database runs but does not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start was interrupted.", e);
    }
  }

  private static Future<FirstLook> ask(SqlConnection connection) {
    return connection
        .preparedQuery(QUESTION)
        .execute(Tuple.of(Durability.ALL.toArray(String[]::new)))
        .map(
            rows -> {
              Row row = Rows.first(rows);
              return new FirstLook(
                  Arrays.asList(row.getArrayOfStrings("not_on")), row.getString("stamp"));
            });
  }

  /**
   * @throws StartFailure naming what is off, for a server of our own
   */
  public void requireDurable() {
    if (!notDurable.isEmpty()) {
      throw new StartFailure(
          "The database would lose acknowledged messages: " + String.join(", ", notDurable) + ".");
    }
  }
}

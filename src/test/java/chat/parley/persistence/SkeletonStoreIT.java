package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Await;
import chat.parley.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SkeletonStoreIT {
  private static final String MAKE =
      """
      insert into users (id, username, username_key, display_name, display_key, role, created_at)
      select gen_random_uuid(), name, lower(name), name, lower(name), 'user', now() - interval '1 day' * age
      from (values %s) as old (name, age)""";

  /** What a node's start does beside all else. */
  private static void fill(DatabaseAddress database) {
    Vertx vertx = Vertx.vertx();
    try {
      Await.get(vertx.deployVerticle(new PersistenceVerticle(database)));
      Await.until("every name has its skeleton", () -> missing(database).equals("0"));
    } finally {
      Await.get(vertx.close());
    }
  }

  private static String missing(DatabaseAddress database) {
    try {
      return Query.value(database, "select count(*) from users where username_skeleton is null");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void accountsFromBeforeGetTheirsAndTheOlderTwinKeepsIt() throws SQLException {
    DatabaseAddress database = TestDatabase.fresh();
    Query.run(database, MAKE.formatted("('раура', 1), ('paypa', 2), ('Hanna', 3)"));
    fill(database);
    assertEquals("paypa", skeleton(database, "paypa"));
    assertEquals("hanna", skeleton(database, "Hanna"));
    assertEquals(
        "t",
        Query.value(
            database, "select username_skeleton = ' ' || id from users where username = 'раура'"));
  }

  @Test
  void allOfManyGetTheirs() throws SQLException {
    DatabaseAddress database = TestDatabase.fresh();
    Query.run(
        database,
        """
        insert into users (id, username, username_key, display_name, display_key, role)
        select gen_random_uuid(), 'u-' || n, 'u-' || n, 'U', 'u', 'user' from generate_series(1, 501) n""");
    fill(database);
    assertEquals(
        "501", Query.value(database, "select count(distinct username_skeleton) from users"));
  }

  private static String skeleton(DatabaseAddress database, String name) throws SQLException {
    return Query.value(
        database, "select username_skeleton from users where username = '" + name + "'");
  }
}

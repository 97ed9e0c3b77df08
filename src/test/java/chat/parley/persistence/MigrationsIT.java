package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schema goes forward only, once, and never under a jar that does not know it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationsIT {
  @RegisterExtension static final Folders FOLDERS = new Folders();

  private static EmbeddedPostgres postgres;
  private static DatabaseAddress address;

  @BeforeAll
  static void started() throws Exception {
    postgres = EmbeddedPostgres.start(FOLDERS.unpacked());
    address = postgres.address();
  }

  @AfterAll
  static void stopped() {
    postgres.close();
  }

  @BeforeEach
  void emptySchema() throws SQLException {
    Query.run(address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  @Test
  void missingMigrationsAreAppliedOnce() throws SQLException {
    migrate("first");
    migrate("second");
    migrate("second");
    Query.run(address, "INSERT INTO note (id, body) VALUES (1, 'x')");
    assertEquals("2", applied());
  }

  @Test
  void schemaOfANewerParleyIsRefused() throws SQLException {
    migrate("second");
    assertTrue(refused("first").contains("newer Parley (its schema has version 002"));
    assertEquals("2", applied());
  }

  @Test
  void changedMigrationIsRefused() {
    migrate("first");
    assertTrue(refused("changed").contains("V001__notes.sql is not the one that was applied"));
  }

  @Test
  void failedMigrationIsRolledBackAndSaysWhy() throws SQLException {
    migrate("first");
    String reason = refused("broken");
    assertTrue(reason.contains("nowhere"), reason);
    assertEquals("1", applied());
    assertEquals(
        "0", Query.value(address, "SELECT count(*) FROM pg_tables WHERE tablename = 'half'"));
    migrate("second");
  }

  @Test
  void nodesThatStartTogetherTakeTurns() throws SQLException {
    CompletableFuture.allOf(
            Stream.generate(() -> CompletableFuture.runAsync(() -> migrate("second")))
                .limit(3)
                .toArray(CompletableFuture[]::new))
        .join();
    assertEquals("2", applied());
  }

  @Test
  void foreignTablesAreNotTakenOver() throws SQLException {
    Query.run(address, "CREATE TABLE somebody_elses (id int)");
    assertTrue(refused("first").contains("holds tables of another program"));
  }

  @Test
  void lockedTableDelaysTheStartOnlyForAWhile() throws Exception {
    migrate("first");
    try (var connection = address.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE note");
      assertTrue(refused("second").contains("lock timeout"));
    }
    migrate("second");
  }

  private static String applied() throws SQLException {
    return Query.value(address, "SELECT count(*) FROM flyway_schema_history WHERE success");
  }

  private static void migrate(String folder) {
    Migrations.run(address, "classpath:migrations/" + folder);
  }

  private static String refused(String folder) {
    return assertThrows(StartFailure.class, () -> migrate(folder)).getMessage();
  }
}

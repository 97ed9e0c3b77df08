package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.JarProcess;
import chat.parley.testing.Ports;
import chat.parley.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schema is looked over by whoever did not make it, and by nobody else. */
class SchemaStampIT {
  private static final String STAMP =
      "select obj_description('flyway_schema_history'::regclass, 'pg_class')";

  @TempDir Path folder;

  @Test
  void stampSparesAStartFlywayUntilAnotherJarHasMigrated() throws Exception {
    DatabaseAddress address = TestDatabase.fresh();
    start(address, 0);
    String stamp = Query.value(address, STAMP);
    assertTrue(stamp.contains("V001__users.sql "), stamp);

    // Flyway would take this for a schema from the future; with the right stamp it is not asked.
    pretendANewerMigration(address);
    start(address, 0);

    // A newer Parley leaves its own stamp, and then it is.
    Query.run(address, "comment on table flyway_schema_history is 'Made by other migrations'");
    String words = start(address, 1);
    assertTrue(words.contains("newer Parley (its schema has version 999"), words);
    TestDatabase.fresh();
  }

  private static void pretendANewerMigration(DatabaseAddress address) throws SQLException {
    Query.run(
        address,
        """
        insert into flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        values (999, '999', 'future', 'SQL', 'V999__future.sql', 1, 'x', 1, true)
        """);
  }

  private String start(DatabaseAddress address, int exitCode) throws IOException {
    try (JarProcess server =
        JarProcess.start(
            folder.resolve("data"),
            Ports.free(),
            "--database-url",
            "postgresql://127.0.0.1:" + address.port() + "/" + address.database(),
            "--database-user",
            address.user(),
            "--database-password",
            address.password())) {
      if (exitCode == 0) {
        server.awaitReady(System.nanoTime());
        assertEquals(0, server.terminate());
      } else {
        assertEquals(exitCode, server.awaitExit());
      }
      return String.join("\n", server.output());
    }
  }
}

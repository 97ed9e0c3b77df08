package chat.parley.testing;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.EmbeddedPostgres;
import chat.parley.persistence.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A fresh database with the present schema, in some 200 ms: one server for all tests of the JVM,
 * and as Parley may not create databases, one database that is wiped for whoever asks next.
 */
public final class TestDatabase {
  private static DatabaseAddress server;

  private TestDatabase() {}

  /** Empty but for the schema; whoever had it before must be done. */
  public static synchronized DatabaseAddress fresh() {
    if (server == null) {
      server = start();
    }
    run("drop schema public cascade");
    run("create schema public");
    Migrations.run(server);
    return server;
  }

  /** One that nobody wipes, for a server that outlives a class. */
  public static DatabaseAddress apart() {
    DatabaseAddress address = start();
    Migrations.run(address);
    return address;
  }

  private static DatabaseAddress start() {
    try {
      Path folder = Files.createTempDirectory("parley-test-database-");
      // The server may run as another user, who has to get there.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, folder)));
      return postgres.address();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path folder) {
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String sql) {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package chat.parley.testing;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.EmbeddedPostgres;
import chat.parley.persistence.Migrations;
import chat.parley.persistence.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fresh database with the present schema: one server for all tests of the JVM, and as Parley may
 * not create databases, one database that is wiped for whoever asks next. What the migrations made
 * takes a third of a second to make again, so it stays, unless a test has changed it: then only the
 * few rows go, in some 30 ms.
 */
public final class TestDatabase {
  private static final String TABLES =
      """
      select relname, exists (select from pg_class big
          where big.relnamespace = t.relnamespace and pg_relation_size(big.oid) > 1000000) as big
      from pg_class t
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'flyway_schema_history'
      """;

  /** Every change of a catalogue's row is by a transaction of its own, also one that adds none. */
  private static final String SCHEMA =
      """
      select concat_ws(' ',
        (select md5(string_agg(h::text, ',' order by h.installed_rank)) from flyway_schema_history h),
        (select md5(string_agg(c.oid || ':' || c.xmin, ',' order by c.oid)) from pg_class c
          where c.relnamespace = 'public'::regnamespace),
        (select md5(string_agg(c.oid || ':' || c.xmin, ',' order by c.oid)) from pg_constraint c
          where c.connamespace = 'public'::regnamespace),
        (select md5(string_agg(p.oid || ':' || p.xmin, ',' order by p.oid)) from pg_proc p
          where p.pronamespace = 'public'::regnamespace),
        (select max(t.xmin::text::bigint) || ':' || count(*) from pg_trigger t),
        (select max(a.xmin::text::bigint) || ':' || count(*) from pg_attribute a),
        (select max(d.xmin::text::bigint) || ':' || count(*) from pg_description d))
      """;

  private static DatabaseAddress server;
  private static String schema;

  private TestDatabase() {}

  /** Empty but for the schema; whoever had it before must be done. */
  public static synchronized DatabaseAddress fresh() {
    if (server == null) {
      return made();
    }
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (!text(statement, SCHEMA).equals(schema) || !wiped(statement)) {
        connection.rollback();
        return made();
      }
      connection.commit();
      schema = text(statement, SCHEMA);
      return server;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same as the migrations leave it, with nothing of what the planner learned since. */
  public static synchronized DatabaseAddress made() {
    if (server == null) {
      server = start();
    }
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema public cascade");
      statement.execute("create schema public");
      Migrations.run(server);
      schema = text(statement, SCHEMA);
      return server;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** False when there is so much that dropping it is faster. */
  private static boolean wiped(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        if (rows.getBoolean("big")) {
          return false;
        }
        tables.add(rows.getString("relname"));
      }
    }
    // Waits for what a server that has just stopped may still have under way.
    statement.execute("lock table " + String.join(", ", tables) + " in access exclusive mode");
    tables.removeAll(List.of("audit_log", "audit_chain"));
    // In one statement, at the end of which the references have to be right.
    statement.execute(
        tables.stream()
            .map(table -> "%s_ as (delete from %s)".formatted(table, table))
            .collect(Collectors.joining(", ", "with ", " select 1")));
    for (String table : List.of("audit_log", "audit_chain")) {
      statement.execute("alter table " + table + " disable trigger append_only");
      statement.execute("delete from " + table);
      statement.execute("alter table " + table + " enable trigger append_only");
    }
    statement.execute("select setval(oid, 1, false) from pg_class where relkind = 'S'");
    return true;
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
      Programs.into(folder);
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

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}

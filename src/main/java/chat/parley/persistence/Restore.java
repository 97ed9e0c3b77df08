package chat.parley.persistence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills an empty database with what a {@link Snapshot} told, in one transaction: all of it or
 * nothing. Clients may have seen more than the snapshot knows of, so every room and every person is
 * then far ahead of all of them ({@link #LEAP}), and they begin anew. Blocks.
 */
public final class Restore implements AutoCloseable {
  /**
   * By how much versions rise. A client more than a thousand versions behind forgets what it holds;
   * no server makes so many changes between two exports; and numbers stay exact in JavaScript for
   * two million restorations.
   */
  public static final long LEAP = 1L << 32;

  private static final String SOMEBODY_IS_HERE =
      """
      select exists (select from users) or exists (select from rooms) or exists (select from media_blobs)""";

  private static final String OTHERS =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and application_name = 'parley' and pid <> pg_backend_pid()""";

  private static final List<String> ANEW =
      List.of(
          // Most were sent by the server of before, and what leads to a password is too old.
          """
          update letters set failed_at = now(), last_error = 'it waited when the server was restored'
          where sent_at is null and failed_at is null""",
          "update room_heads set version = version + " + LEAP,
          "update user_heads set version = version + " + LEAP);

  private static final String END_SESSIONS =
      "update sessions set ended_at = now() where ended_at is null";

  private static final String NEXT_NUMBER =
      """
      select setval(pg_get_serial_sequence(quote_ident(?), ?), ?)""";

  private static final String DERIVED =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relname in ('message_search', 'search_marks')""";

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Connection connection;
  private final Map<String, Tables.Table> tables;

  private Restore(Connection connection, Map<String, Tables.Table> tables) {
    this.connection = connection;
    this.tables = tables;
  }

  /**
   * Changes nothing.
   *
   * @throws StartFailure unless the database is Parley's or nobody's, without an account, a room or
   *     a file, and no server uses it
   */
  public static void requireEmpty(DatabaseAddress address) {
    try (Connection connection = Snapshot.connect(address)) {
      // Connections that were just closed are seen a moment longer.
      if (!Wait.until(() -> others(connection) == 0, PATIENCE)) {
        throw new StartFailure(
            "A server uses the database " + address + ": stop it first. Nothing was changed.");
      }
      if (Snapshot.isKnown(connection) && isTrue(connection, SOMEBODY_IS_HERE)) {
        throw new StartFailure(
            "The database "
                + address
                + " is not empty: an export is imported into an empty server only. Nothing was changed.");
      }
    } catch (IOException e) {
      throw new StartFailure("The database " + address + " does not answer.", e);
    } catch (SQLException e) {
      throw new StartFailure(ExternalPostgres.words(e, address), e);
    }
  }

  private static long others(Connection connection) throws IOException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OTHERS)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /**
   * Makes the schema what it was for the snapshot, and begins with nothing in any table.
   *
   * @param schema the number of the snapshot's last migration
   */
  public static Restore into(DatabaseAddress address, int schema) {
    Migrations.makeEmpty(address, schema);
    try {
      return emptied(Snapshot.connect(address));
    } catch (SQLException e) {
      throw Snapshot.failed(e);
    }
  }

  private static Restore emptied(Connection connection) throws SQLException {
    try {
      connection.setAutoCommit(false);
      Map<String, Tables.Table> tables =
          Tables.of(connection).stream()
              .collect(Collectors.toMap(Tables.Table::name, table -> table));
      Restore restore = new Restore(connection, tables);
      restore.empty();
      return restore;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void empty() throws SQLException {
    // What the triggers would note is in the snapshot already.
    forEach("alter table %s disable trigger user");
    List<String> all = new ArrayList<>(tables.values().stream().map(Tables.Table::quoted).toList());
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DERIVED)) {
      while (rows.next()) {
        all.add(Tables.quoted(rows.getString(1)));
      }
    }
    run("truncate " + String.join(", ", all));
  }

  /**
   * Opens a table for its rows; tables come in the order that the snapshot gave.
   *
   * @throws StartFailure if this schema has no such table or column
   */
  public Rows open(String name, List<String> columns) {
    Tables.Table table = tables.get(name);
    if (table == null || !table.columns().containsAll(columns)) {
      throw new StartFailure("The export has a table " + name + " that this schema does not know.");
    }
    Tables.Table told = new Tables.Table(name, columns, List.of(), List.of());
    String copy = "copy " + told.quoted() + " (" + told.columnList() + ") from stdin";
    try {
      return new Rows(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy));
    } catch (SQLException e) {
      throw Snapshot.failed(e);
    }
  }

  /** A table that takes rows, cut anywhere. */
  public static final class Rows {
    private final CopyIn copy;

    private Rows(CopyIn copy) {
      this.copy = copy;
    }

    public void write(byte[] bytes, int length) {
      try {
        copy.writeToCopy(bytes, 0, length);
      } catch (SQLException e) {
        throw Snapshot.failed(e);
      }
    }

    /** Gives their number. */
    public long end() {
      try {
        return copy.endCopy();
      } catch (SQLException e) {
        throw Snapshot.failed(e);
      }
    }
  }

  /** Numbers go on after those that were given. */
  public void continueAfter(Map<String, Long> sequences) {
    try (PreparedStatement next = connection.prepareStatement(NEXT_NUMBER)) {
      for (Map.Entry<String, Long> each : sequences.entrySet()) {
        String[] place = each.getKey().split("\\.", 2);
        next.setString(1, place[0]);
        next.setString(2, place[1]);
        next.setLong(3, each.getValue());
        next.execute();
      }
    } catch (SQLException e) {
      throw Snapshot.failed(e);
    }
  }

  /**
   * Everybody signs in anew: sessions that were ended after the snapshot would live again
   * otherwise.
   */
  public void endSessions() {
    try {
      run(END_SESSIONS);
    } catch (SQLException e) {
      throw Snapshot.failed(e);
    }
  }

  /** Lets clients begin anew, and makes it last. */
  public void commit() {
    try {
      for (String statement : ANEW) {
        run(statement);
      }
      forEach("alter table %s enable trigger user");
      connection.commit();
      connection.setAutoCommit(true);
      run("analyze");
    } catch (SQLException e) {
      throw Snapshot.failed(e);
    }
  }

  private void forEach(String statement) throws SQLException {
    for (Tables.Table table : tables.values()) {
      run(statement.formatted(table.quoted()));
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isTrue(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** What was not committed is as if it had never been. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Snapshot.failed(e);
    }
  }
}

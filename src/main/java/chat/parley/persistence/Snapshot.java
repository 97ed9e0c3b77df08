package chat.parley.persistence;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * All that is stored at one moment, read by one connection in one transaction while the server goes
 * on. Rows are told as PostgreSQL's COPY text under fixed settings, which every version since 7.4
 * reads. Blocks; holds a buffer, never a table.
 */
public final class Snapshot implements AutoCloseable {
  private static final String SCHEMA =
      """
      select coalesce(max(version::int), 0) from flyway_schema_history where success and version is not null""";

  private static final String KNOWN =
      "select to_regclass('public.flyway_schema_history') is not null";

  private static final String SEQUENCES =
      """
      select c.relname as name, a.attname as column,
        pg_sequence_last_value(pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass) as last
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''
      order by 1, 2
      """;

  private static final String FILES = "select encode(hash, 'hex') from media_blobs order by hash";

  private static final int AT_A_TIME = 1_000;

  /** Whatever the server, the role or this machine would have had instead. */
  static final String SESSION =
      "-c statement_timeout=0 -c lock_timeout=10s -c idle_in_transaction_session_timeout=0"
          + " -c datestyle=ISO,YMD -c timezone=UTC -c intervalstyle=postgres"
          + " -c extra_float_digits=3 -c bytea_output=hex -c jit=off";

  /** Who wants each of many names, one after the other. */
  public interface Taker {
    void take(String name) throws IOException;
  }

  private final Connection connection;

  private Snapshot(Connection connection) {
    this.connection = connection;
  }

  /**
   * The moment is now.
   *
   * @throws StartFailure in words
   */
  public static Snapshot of(DatabaseAddress address) {
    try {
      Connection connection = connect(address);
      try {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        if (!isKnown(connection)) {
          throw new StartFailure("The database " + address + " holds nothing of Parley yet.");
        }
        return new Snapshot(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StartFailure(ExternalPostgres.words(e, address), e);
    }
  }

  static Connection connect(DatabaseAddress address) throws SQLException {
    PGSimpleDataSource source = address.dataSource();
    source.setOptions(SESSION);
    return source.getConnection();
  }

  static boolean isKnown(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(KNOWN)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  static int schema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SCHEMA)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** The number of the last migration. */
  public int schema() {
    try {
      return schema(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Names of tables with the columns that are told of each, those referred to first. */
  public Map<String, List<String>> tables() {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    all().forEach(table -> tables.put(table.name(), table.columns()));
    return tables;
  }

  private List<Tables.Table> all() {
    try {
      return Tables.of(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The last number that each column numbered by itself was given: {@code table.column}. */
  public Map<String, Long> sequences() {
    Map<String, Long> last = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SEQUENCES)) {
      while (rows.next()) {
        if (rows.getObject("last") != null) {
          last.put(rows.getString("name") + "." + rows.getString("column"), rows.getLong("last"));
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    return last;
  }

  /** Writes the rows of a table in the order of its key; gives their number. */
  public long copy(String name, OutputStream out) throws IOException {
    Tables.Table table =
        all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    try {
      return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copyOut(), out);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Tells the hash of every file that is kept, one after the other. */
  public void files(Taker taker) throws IOException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(AT_A_TIME);
      try (ResultSet rows = statement.executeQuery(FILES)) {
        while (rows.next()) {
          taker.take(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** In the driver's words, for the operator. */
  static StartFailure failed(SQLException e) {
    return new StartFailure(
        "The database cannot do this: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
        e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}

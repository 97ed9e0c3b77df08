package chat.parley.testing;

import chat.parley.persistence.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database as somebody sees it who got hold of it. */
public final class Books {
  private static final String TABLES =
      "select tablename from pg_tables where schemaname = 'public' order by tablename";

  private final DatabaseAddress database;

  public Books(DatabaseAddress database) {
    this.database = database;
  }

  /** Every row of every table, bytes as hexadecimal digits. */
  public String dump() {
    StringBuilder all = new StringBuilder();
    for (String table : column(TABLES)) {
      column("select t::text from " + table + " t").forEach(all::append);
    }
    return all.toString();
  }

  /** The first column of the first row. */
  public String one(String sql) {
    return column(sql).get(0);
  }

  public void change(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> column(String sql) {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}

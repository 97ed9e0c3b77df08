package chat.parley.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A PostgreSQL that somebody else runs, looked over before it is trusted with messages. */
public final class ExternalPostgres {
  private static final int OLDEST_MAJOR = 14;

  private static final String SERVER =
      """
      SELECT current_setting('server_version_num')::int / 10000 AS major,
             current_setting('server_encoding') AS encoding,
             pg_is_in_recovery() AS standby
      """;

  private ExternalPostgres() {}

  /**
   * Connects once. {@code allowFsyncOff} accepts a server that may lose what it confirmed, for
   * tests and trials.
   *
   * @throws StartFailure in words: who cannot be reached, what is refused, what is too old or
   *     unsafe
   */
  public static void check(DatabaseAddress address, boolean allowFsyncOff) {
    try (Connection connection = address.dataSource().getConnection()) {
      refuseUnfit(connection, address);
      if (!allowFsyncOff && !Durability.notOn(connection, List.of("fsync")).isEmpty()) {
        throw new StartFailure(
            "The database server at "
                + address
                + " runs with fsync=off and would lose messages in a"
                + " power cut: turn fsync on there, or accept the loss with the setting for it.");
      }
    } catch (SQLException e) {
      throw new StartFailure(words(e, address), e);
    }
  }

  private static void refuseUnfit(Connection connection, DatabaseAddress address)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SERVER)) {
      row.next();
      if (row.getInt("major") < OLDEST_MAJOR) {
        throw new StartFailure(
            "The database server at "
                + address
                + " is PostgreSQL "
                + row.getInt("major")
                + ", and Parley needs "
                + OLDEST_MAJOR
                + " or newer.");
      }
      if (!row.getString("encoding").equals("UTF8")) {
        throw new StartFailure(
            "The database at "
                + address
                + " has the encoding "
                + row.getString("encoding")
                + ", and Parley needs one created with ENCODING 'UTF8'.");
      }
      if (row.getBoolean("standby")) {
        throw new StartFailure(
            "The database server at " + address + " is a read-only standby: name the primary.");
      }
    }
  }

  /** What went wrong, by the standard's error codes; the driver's own words otherwise. */
  static String words(SQLException e, DatabaseAddress address) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "08001", "08006" ->
          "The database server at "
              + address
              + " cannot be reached ("
              + driver(e)
              + "): is it running, and is --database-url right?";
      case "08004" ->
          "The database server at "
              + address
              + " turns us away ("
              + driver(e)
              + "): see --database-url, --database-user and --database-password.";
      case "28P01", "28000" ->
          "The database server at "
              + address
              + " refuses user and password ("
              + driver(e)
              + "): see --database-user and --database-password.";
      case "3D000" ->
          "There is no database '"
              + address.database()
              + "' at "
              + address
              + ": create it, or see --database-url.";
      case "42501" ->
          "The user '"
              + address.user()
              + "' may not connect to "
              + address
              + ": grant it the right to.";
      default -> "The database at " + address + " cannot be used: " + driver(e) + ".";
    };
  }

  private static String driver(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }
}

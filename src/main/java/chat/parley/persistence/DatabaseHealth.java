package chat.parley.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a database does, for whoever looks after it.
 *
 * @param version as it says itself
 * @param lossy settings that are not on and would cost confirmed messages, each as name=value
 * @param schema the number of its last migration; 0 when there is none
 * @param ahead how far its clock is before this machine's, half a round trip more or less
 * @param connections that are in use, of how many there may be
 */
public record DatabaseHealth(
    String version,
    List<String> lossy,
    int schema,
    Duration ahead,
    int connections,
    int mostConnections) {
  private static final String LOOK =
      """
      select current_setting('server_version') as version, clock_timestamp() as now,
        (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most
      """;

  /**
   * @throws StartFailure in words when it does not let us in
   */
  public static DatabaseHealth of(DatabaseAddress address) {
    try (Connection connection = Snapshot.connect(address);
        Statement statement = connection.createStatement()) {
      int schema = Snapshot.isKnown(connection) ? Snapshot.schema(connection) : 0;
      List<String> lossy = Durability.notOn(connection, Durability.ALL);
      Instant before = Instant.now();
      try (ResultSet row = statement.executeQuery(LOOK)) {
        Instant middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
        row.next();
        return new DatabaseHealth(
            row.getString("version"),
            lossy,
            schema,
            Duration.between(middle, row.getTimestamp("now").toInstant()),
            row.getInt("connections"),
            row.getInt("most"));
      }
    } catch (SQLException e) {
      throw new StartFailure(ExternalPostgres.words(e, address), e);
    }
  }
}

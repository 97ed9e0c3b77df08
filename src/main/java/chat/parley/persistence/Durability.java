package chat.parley.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Server settings without which an acknowledged message could be lost to a power cut or silently
 * damaged.
 */
final class Durability {
  /** What our own server must have; it is asked at every start, not believed. */
  static final List<String> ALL =
      List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums");

  private static final String SETTINGS_NOT_ON =
      """
      SELECT name, setting
        FROM pg_settings
       WHERE name = ANY (?) AND setting <> 'on'
       ORDER BY name
      """;

  private Durability() {}

  /** Those of the named settings that are not on, each as {@code name=value}. */
  static List<String> notOn(Connection connection, List<String> names) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SETTINGS_NOT_ON)) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1) + "=" + rows.getString(2));
        }
        return found;
      }
    }
  }
}

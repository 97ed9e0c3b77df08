package chat.parley.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which migration files made a schema: their names and checksums, left as the comment of the table
 * that Flyway keeps. A start that finds its own files there has nothing to migrate and nothing to
 * refuse, and spares itself Flyway, a quarter of a start.
 */
final class SchemaStamp {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaStamp.class);
  private static final String FOLDER = "sql/";

  private SchemaStamp() {}

  /** Empty when this is not run from a jar: then nothing is known for sure. */
  static Optional<String> ofThisJar() {
    CodeSource source = SchemaStamp.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = source == null ? null : Path.of(source.getLocation().toURI());
      return jar == null || !Files.isRegularFile(jar) ? Optional.empty() : Optional.of(of(jar));
    } catch (URISyntaxException | IOException unreadable) {
      return Optional.empty();
    }
  }

  private static String of(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> entry.getName().startsWith(FOLDER) && !entry.isDirectory())
          .map(
              entry ->
                  entry.getName().substring(FOLDER.length())
                      + ' '
                      + Long.toHexString(entry.getCrc()))
          .sorted()
          .collect(Collectors.joining("\n", "Made by these migrations:\n", ""));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Best effort: without it the next start looks the schema over again. */
  static void write(DatabaseAddress address, String stamp) {
    try (Connection connection = address.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "comment on table flyway_schema_history is '" + stamp.replace("'", "''") + "'");
    } catch (SQLException e) {
      LOG.warn("The schema could not be stamped: {}", e.getMessage());
    }
  }
}

package chat.parley.persistence;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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

  /** By name, since looking through all of a large jar for them takes a tenth of a second. */
  static final List<String> MIGRATIONS =
      List.of(
          "V001__users.sql",
          "V002__sessions.sql",
          "V003__rooms.sql",
          "V004__members.sql",
          "V005__messages.sql",
          "V006__audit.sql",
          "V007__messages_once.sql",
          "V008__sign_in.sql",
          "V009__session_use.sql",
          "V010__mail.sql",
          "V011__api_keys.sql",
          "V012__applications.sql",
          "V013__second_factor.sql",
          "V014__passkeys.sql",
          "V015__identities.sql",
          "V016__profile.sql",
          "V017__username_skeletons.sql",
          "V018__message_context.sql",
          "V019__room_settings.sql",
          "V020__lines.sql",
          "V021__blocks.sql",
          "V022__reactions.sql",
          "V023__message_edits.sql",
          "V024__mentions.sql",
          "V025__room_pictures.sql",
          "V026__invites.sql",
          "V027__bans.sql",
          "V028__privacy.sql",
          "V029__drafts.sql",
          "V030__scheduled.sql",
          "V031__history_from_joining.sql",
          "V032__purges.sql",
          "V033__attachments.sql",
          "V034__previews.sql",
          "V035__message_search.sql",
          "V036__acts.sql",
          "V037__audit_chain.sql",
          "V038__audited_tables.sql",
          "V040__reports.sql",
          "V041__filter_words.sql",
          "V042__retention.sql",
          "V044__activity.sql",
          "V045__registration.sql",
          "V046__announcements.sql",
          "V048__listed_users.sql",
          "V049__listed_rooms.sql");

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
    try (ZipFile file = new ZipFile(jar.toFile())) {
      StringBuilder stamp = new StringBuilder("Made by these migrations:");
      for (String name : MIGRATIONS) {
        ZipEntry entry = file.getEntry(FOLDER + name);
        stamp.append('\n').append(name).append(' ').append(Long.toHexString(entry.getCrc()));
      }
      return stamp.toString();
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

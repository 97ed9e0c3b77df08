package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whoever makes a table decides whether the audit log tells of it, and which columns. */
class AuditedTablesIT {
  /** Why a table has no trigger. */
  private static final Map<String, String> NOT_AUDITED =
      Map.ofEntries(
          Map.entry("answered_challenges", "used up by signing in, which is an act"),
          Map.entry("attachments", "a row for each file of a message; the file is audited"),
          Map.entry("audit_chain", "the audit log's own"),
          Map.entry("audit_log", "itself"),
          Map.entry("avatars", "pictures; that one was changed is seen at users"),
          Map.entry("daily_activity", "counted by the server"),
          Map.entry("daily_people", "counted by the server"),
          Map.entry("drafts", "words that nobody sent, changed with every pause"),
          Map.entry("former_members", "follows members, which is audited"),
          Map.entry("letters", "what the server has to send, for acts that are audited"),
          Map.entry("lines", "what rooms show of changes that are audited"),
          Map.entry("media_blobs", "which bytes are where; their files are audited"),
          Map.entry("mentions", "made of messages"),
          Map.entry("message_edits", "words; the edit is seen at messages"),
          Map.entry("message_search", "made of messages"),
          Map.entry("purges", "what is still to be done for rooms that ended"),
          Map.entry("reactions", "as many as messages, and said in public"),
          Map.entry("read_marks", "hot: moved by reading"),
          Map.entry("refresh_tokens", "hashes; a token that comes twice is an act"),
          Map.entry("retentions", "how far rooms are; how long they keep is seen at rooms"),
          Map.entry("room_heads", "hot: moved by every message"),
          Map.entry("room_pictures", "pictures; that one was changed is seen at rooms"),
          Map.entry("rounds", "what is still to be done for people who changed"),
          Map.entry("search_marks", "how far the index is"),
          Map.entry("spent_tokens", "used up by signing in, which is an act"),
          Map.entry("tickets", "hashes that live for half a minute"),
          Map.entry("user_heads", "hot: moved by everything that happens to somebody"));

  private static final String TABLES =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'flyway_schema_history'
      """;

  private static final String AUDITED =
      """
      select distinct c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_proc p on p.oid = t.tgfoid
      where p.proname in ('audit', 'audit_message') and c.relnamespace = 'public'::regnamespace
      """;

  /** Arguments as they were given, separated by zero bytes. */
  private static final String KEPT =
      """
      select c.relname || '.' || unnest(split_part(encode(t.tgargs, 'escape'), '\\000', 2)::text[])
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      where p.proname = 'audit' and c.relnamespace = 'public'::regnamespace
      """;

  private static List<String> names(String sql) {
    DatabaseAddress database = TestDatabase.fresh();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void e11_everyTableIsAuditedOrHasAReason() {
    Set<String> decided = new TreeSet<>(names(AUDITED));
    NOT_AUDITED.keySet().forEach(each -> assertFalse(decided.contains(each), each + " is both"));
    decided.addAll(NOT_AUDITED.keySet());
    assertEquals(new TreeSet<>(names(TABLES)), decided);
  }

  @Test
  void noColumnThatIsKeptHoldsASecretOrWords() {
    List<String> kept = names(KEPT);
    assertFalse(kept.isEmpty());
    assertEquals(
        List.of(),
        kept.stream()
            // What administrators tell everybody.
            .filter(each -> !each.equals("announcements.text"))
            .filter(
                each ->
                    each.matches(
                        ".*\\.(.*(hash|secret|token|password_[^s]|material).*|body|text|credential_id|public_key)"))
            .toList());
  }
}

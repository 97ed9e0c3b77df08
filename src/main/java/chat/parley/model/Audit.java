package chat.parley.model;

import java.util.Map;

/** What is asked about the audit log. */
public final class Audit {
  private Audit() {}

  /**
   * An act that changes no row, or whose change is another's: to be noted before it is answered, so
   * that nobody has seen or done what is not in the log.
   *
   * @param table what it is about, as the database calls it
   * @param row the key of the row it is about; empty for a list
   * @param details what else there is to say, nothing secret, no words of messages; values as JSON
   *     has them, at most 4,000 characters in all
   */
  public record Note(
      Actor actor, Act act, String table, Map<String, ?> row, Map<String, ?> details) {
    /** About the table that the act is always about. */
    public Note(Actor actor, Act act, Map<String, ?> row, Map<String, ?> details) {
      this(actor, act, act.table(), row, details);
    }
  }
}

package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HexFormat;
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
   * @param details what else there is to say in a few words, nothing secret and none of messages;
   *     values as JSON has them
   */
  public record Note(
      Actor actor, Act act, String table, Map<String, ?> row, Map<String, ?> details) {
    /** About the table that the act is always about. */
    public Note(Actor actor, Act act, Map<String, ?> row, Map<String, ?> details) {
      this(actor, act, act.table(), row, details);
    }
  }

  /** Verify a stretch of the chain, from behind a link that was seen; 0 for the beginning. */
  public record Verify(Actor actor, long after) {}

  /** A link of the chain: the id of its row and its SHA-256. */
  public record Place(long id, byte[] hash) {
    /** Reads {@code 4711:6b86…}; throws {@link IllegalArgumentException}. */
    public static Place read(String text) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("A place of the chain is an id, a colon and a hash");
      }
      return new Place(
          Long.parseLong(text.substring(0, colon)),
          HexFormat.of().parseHex(text.substring(colon + 1)));
    }
  }

  /** What is wrong with a row. */
  public enum Flaw {
    /** It, or a row before it that went with its link, is not what was chained. */
    @JsonProperty("changed")
    CHANGED,
    /** It was chained and is not there any more. */
    @JsonProperty("removed")
    REMOVED,
    /** It was not there when its neighbours were chained. */
    @JsonProperty("inserted")
    INSERTED
  }

  /** The first row that is not as it was chained. */
  public record Broken(long id, Flaw flaw) {}

  /**
   * How far the chain holds.
   *
   * @param links how many were looked at and hold
   * @param upTo the id of the last of them
   * @param hash of that link, as hexadecimal digits
   * @param more whether the chain goes on
   * @param broken null when all of them hold
   */
  public record Verified(long links, long upTo, String hash, boolean more, Broken broken) {
    public Verified brokenAt(Broken place) {
      return new Verified(links, upTo, hash, false, place);
    }
  }
}

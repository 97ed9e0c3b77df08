package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/** What is asked about reports: messages that somebody thinks an administrator should see. */
public final class Reports {
  /** Of a note, in code points. */
  public static final int MAX_NOTE = 500;

  private Reports() {}

  /** Why; the last is the word filter's, and no person's. */
  public enum Reason {
    @JsonProperty("spam")
    SPAM,
    @JsonProperty("harassment")
    HARASSMENT,
    @JsonProperty("hate")
    HATE,
    @JsonProperty("violence")
    VIOLENCE,
    @JsonProperty("sexual")
    SEXUAL,
    @JsonProperty("illegal")
    ILLEGAL,
    @JsonProperty("other")
    OTHER,
    @JsonProperty("filter")
    FILTER
  }

  /**
   * What somebody says of a message.
   *
   * @param note in their own words; null for none
   */
  public record Wish(Reason reason, String note) {}

  /** Report a message; by the same person once more it is the same report. */
  public record File(Actor actor, UUID roomId, long seq, Wish wish) {}

  /** What whoever reported is told: nothing of what becomes of it. */
  public record Filed(UUID id, Reason reason, String note, Instant createdAt) {}

  /**
   * The answer to {@link File}.
   *
   * @param fresh whether it is new
   */
  public record FiledNow(Filed report, boolean fresh) {}
}

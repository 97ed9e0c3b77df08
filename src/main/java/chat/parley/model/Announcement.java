package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * What administrators tell everybody.
 *
 * @param text at most 500 characters
 * @param endsAt when it is not shown any more; null for when it is ended
 */
public record Announcement(
    UUID id, String text, Severity severity, Instant createdAt, Instant endsAt) {

  /** How it is shown. */
  public enum Severity {
    @JsonProperty("info")
    INFO,
    @JsonProperty("warning")
    WARNING
  }

  /**
   * That there is one more, or one less, for all nodes.
   *
   * @param json a {@link Live.Announced}, as clients get it
   */
  public record News(byte[] json) {}
}

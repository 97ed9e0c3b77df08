package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * A device that somebody is signed in on, as they see it in their list.
 *
 * @param current whether it is the one that asks
 * @param lastSeenAt when it was last used, a minute late at most; ten while it only listens
 * @param address where it was opened or last renewed from; null when not known
 * @param agent what it called itself; null when it did not
 * @param expiresAt when it ends unless it is used before
 */
public record OpenSession(
    UUID id,
    Kind kind,
    boolean current,
    Instant createdAt,
    Instant lastSeenAt,
    String address,
    String agent,
    Instant expiresAt) {

  /** What holds the session: a browser by a cookie, or a program by tokens. */
  public enum Kind {
    @JsonProperty("site")
    SITE,
    @JsonProperty("program")
    PROGRAM
  }
}

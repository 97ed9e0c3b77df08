package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/**
 * Who is speaking, as proved by a token, a ticket or the site's cookie.
 *
 * @param csrfToken what a write must repeat when {@code via} is the cookie; null otherwise
 * @param expiresAt when this proof ends; a socket opened with it is closed then
 */
public record Caller(User user, UUID sessionId, Via via, String csrfToken, Instant expiresAt) {
  /** How the caller proved who they are. */
  public enum Via {
    TOKEN,
    TICKET,
    COOKIE
  }

  public UUID userId() {
    return user.id();
  }

  public Actor actor(String requestId) {
    return new Actor(user.id(), requestId);
  }

  @Override
  public String toString() {
    return "Caller[" + user.username() + ", " + sessionId + ", " + via + "]";
  }
}

package chat.parley.model;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who is speaking, as proved by a token, a ticket or the site's cookie.
 *
 * @param csrfToken what a write must repeat when {@code via} is the cookie; null otherwise
 * @param expiresAt when this proof ends; a socket opened with it is closed then
 * @param scopes what this proof is good for
 * @param address where this request comes from; null when that does not matter
 */
public record Caller(
    User user,
    UUID sessionId,
    Via via,
    String csrfToken,
    Instant expiresAt,
    Set<Scope> scopes,
    String address) {
  /** How the caller proved who they are. */
  public enum Via {
    TOKEN,
    TICKET,
    COOKIE
  }

  /** Somebody who signed in themselves. */
  public Caller(User user, UUID sessionId, Via via, String csrfToken, Instant expiresAt) {
    this(user, sessionId, via, csrfToken, expiresAt, Scope.ALL, null);
  }

  /** The same in a request from this address. */
  public Caller from(String where) {
    return new Caller(user, sessionId, via, csrfToken, expiresAt, scopes, where);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  /** Whether a key speaks, or a ticket bought with one, and not a person who signed in. */
  public boolean isKey() {
    return !may(Scope.ACCOUNT);
  }

  public UUID userId() {
    return user.id();
  }

  public Actor actor(String requestId) {
    return new Actor(user.id(), requestId, address);
  }

  @Override
  public String toString() {
    return "Caller[" + user.username() + ", " + sessionId + ", " + via + "]";
  }
}

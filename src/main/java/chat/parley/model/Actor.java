package chat.parley.model;

import java.util.UUID;

/**
 * Who does something, in which request and from where: every writing transaction carries it, for
 * the audit log.
 *
 * @param userId null when nobody is signed in (registering, signing in)
 * @param address where the request came from; null for what the server does by itself
 */
public record Actor(UUID userId, String requestId, String address) {
  /** From nowhere that is known. */
  public Actor(UUID userId, String requestId) {
    this(userId, requestId, null);
  }

  /** Now that it is known who it is. */
  public Actor as(UUID somebody) {
    return new Actor(somebody, requestId, address);
  }
}

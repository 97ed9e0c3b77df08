package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A link that lets people into a room.
 *
 * @param token what opens it, shown once, to whoever made it; null ever after
 * @param url where it leads; null likewise
 * @param maxUses how many people may come by it; null for as many as like
 * @param uses how many came
 */
public record Invite(
    UUID id,
    String token,
    String url,
    Instant expiresAt,
    Integer maxUses,
    int uses,
    Person createdBy,
    Instant createdAt) {
  public Invite withToken(String made) {
    return new Invite(id, made, url, expiresAt, maxUses, uses, createdBy, createdAt);
  }

  /** {@code place} is what stands before the token in its address. */
  public Invite leadingTo(String place) {
    return new Invite(id, token, place + token, expiresAt, maxUses, uses, createdBy, createdAt);
  }
}

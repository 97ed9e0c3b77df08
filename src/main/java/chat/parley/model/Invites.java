package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/** What is asked about invitations to rooms. */
public final class Invites {
  private Invites() {}

  /** How long a link lives unless somebody says otherwise, in hours. */
  public static final int DEFAULT_HOURS = 168;

  /** Both may be null. */
  public record Wish(Integer expiresInHours, Integer maxUses) {}

  /** Make a link. */
  public record Make(Actor actor, UUID roomId, Wish wish) {}

  /** The same with the hash of its token, to be stored. */
  public record Row(UUID id, byte[] hash, Make make) {}

  /** The links of a room that work. */
  public record ListOf(UUID readerId, UUID roomId) {}

  /** End a link. */
  public record Revoke(Actor actor, UUID roomId, UUID inviteId) {}

  /** Where does a link lead? */
  public record Look(UUID readerId, String token) {}

  /** The same by the hash of its token. */
  public record LookByHash(UUID readerId, byte[] hash) {}

  /** Come in by a link. */
  public record Accept(Actor actor, String token) {}

  /** The same by the hash of its token. */
  public record AcceptByHash(Actor actor, byte[] hash) {}

  /** Where a link leads, for somebody who is not in yet. */
  public record Preview(Summary room, Instant expiresAt) {
    /** As much of a room as its invitation shows; topic and picture may be null. */
    public record Summary(
        UUID id, RoomKind kind, String name, String topic, String avatarUrl, int memberCount) {}
  }
}

package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is kept of a person, but for their picture and their messages.
 *
 * @param createdAt when the account was made
 * @param rooms those they are in, then those they were in
 */
public record OwnData(
    Account account, Instant createdAt, List<OwnSession> sessions, List<OwnRoom> rooms) {
  /** Where somebody signed in. */
  public record OwnSession(
      UUID id,
      Instant createdAt,
      Instant lastSeenAt,
      String address,
      String agent,
      Instant expiresAt,
      Instant endedAt) {}

  /**
   * A room they are or were in.
   *
   * @param name null for direct rooms
   * @param role null when they are there no more; then {@code joinedAt} is not known either
   */
  public record OwnRoom(UUID id, RoomKind kind, String name, MemberRole role, Instant joinedAt) {}
}

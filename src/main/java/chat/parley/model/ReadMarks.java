package chat.parley.model;

import java.util.UUID;

/** How far the members of a room have read. */
public final class ReadMarks {
  private ReadMarks() {}

  /** A page of them; {@code after} (a user id) may be null. */
  public record Of(UUID readerId, UUID roomId, UUID after, int limit) {}

  /** One member's. */
  public record One(UUID userId, long readSeq) {}
}

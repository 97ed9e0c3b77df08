package chat.parley.model;

import java.util.List;
import java.util.UUID;

/**
 * My rooms, or what changed about them since a user version.
 *
 * @param heads every room of mine with its present version, so that the reader knows which to sync
 * @param version the user version of this answer's snapshot
 */
public record RoomList(List<Room> items, List<UUID> lost, List<RoomHead> heads, long version) {
  /**
   * Where one of my rooms stands.
   *
   * @param mentions how many of the unread call me
   */
  public record RoomHead(UUID roomId, long version, long lastSeq, long readSeq, long mentions) {}
}

package chat.parley.model;

import java.util.List;
import java.util.UUID;

/**
 * What a node tells the others of itself: that it lives, and who hears which room there. Its
 * changes are numbered; who has missed one asks for the whole. A node's id is new at each start.
 */
public sealed interface NodeNews {
  UUID nodeId();

  /**
   * Somebody who hears a room.
   *
   * @param version how far their node had heard the room, as in {@link Signal}
   */
  record Place(UUID roomId, UUID userId, long version) {}

  /** Somebody came, or went. */
  record Change(Place place, boolean here) {}

  /** I live, and my latest change is this one. */
  record Beat(UUID nodeId, long number) implements NodeNews {}

  /** These people came or went; numbered 1, 2, 3 … */
  record Changes(UUID nodeId, long number, List<Change> changes) implements NodeNews {}

  /** Everybody who is here as of this change, in parts from 0 to the one that is last. */
  record Whole(UUID nodeId, long number, long part, boolean last, List<Place> places)
      implements NodeNews {}

  /** I have missed something of this node. */
  record Ask(UUID nodeId, UUID of) implements NodeNews {}

  /**
   * Who has these sockets? For an administrator, and so seldom that it goes as JSON.
   *
   * @param question a {@link Connections.Question}
   */
  record Roll(UUID nodeId, UUID callId, byte[] question) implements NodeNews {}

  /**
   * I have these.
   *
   * @param answer a {@link Connections.Share}
   */
  record Share(UUID nodeId, UUID callId, byte[] answer) implements NodeNews {}

  /** I am being stopped. */
  record Leaving(UUID nodeId) implements NodeNews {}
}

package chat.parley.model;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The pinned messages of a room, the newest pin first.
 *
 * @param mine by seq, with which the reader has reacted; only messages where they have
 */
public record Pins(List<Message> items, Map<Long, List<String>> mine) {
  /** How many a room can have. */
  public static final int MOST = 100;

  /** Pin a message, or take the pin off; once more changes nothing. */
  public record Pin(Actor actor, UUID roomId, long seq) {}

  /** What is pinned. */
  public record ListPins(UUID readerId, UUID roomId) {}
}

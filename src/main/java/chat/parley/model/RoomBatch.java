package chat.parley.model;

import java.util.List;
import java.util.UUID;

/**
 * What one commit changed in a room, or (empty {@code entries}) something that does not last:
 * encoded once, here, for every socket of every node.
 *
 * @param committedNanos {@link System#nanoTime()} when this process knew of the commit, for its own
 *     measurements; 0 when it is not measured, as from another node
 */
public record RoomBatch(UUID roomId, List<Entry> entries, long committedNanos) implements RoomNews {
  /** A batch whose way to the sockets is not measured. */
  public RoomBatch(UUID roomId, List<Entry> entries) {
    this(roomId, entries, 0);
  }

  /**
   * One event of the batch.
   *
   * @param version the room's version that this event is
   * @param lastSeq the room's last seq as of this version, or 0 when this event does not tell
   * @param memberId whose membership this event changes; null for others
   * @param gone true when {@code memberId} may hear nothing after this event
   * @param json the event as sent to clients, UTF-8
   */
  public record Entry(long version, long lastSeq, UUID memberId, boolean gone, byte[] json) {}

  /** The entry of a lasting event. */
  public static Entry entry(Event event) {
    byte[] json = Json.bytes(event);
    if (event instanceof Event.MessageChanged changed) {
      return new Entry(event.version(), changed.message().seq(), null, false, json);
    }
    if (event instanceof Event.MemberChanged changed) {
      boolean gone = Boolean.TRUE.equals(changed.member().gone());
      return new Entry(event.version(), 0, changed.member().user().id(), gone, json);
    }
    return new Entry(event.version(), 0, null, false, json);
  }
}

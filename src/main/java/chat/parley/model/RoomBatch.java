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
   * @param gone true when {@code memberId}, or everybody when that is null, may hear nothing after
   *     this event
   * @param seq the message that it shows, or 0: who may not see that far back is not told
   * @param json the event as sent to clients, UTF-8
   */
  public record Entry(
      long version, long lastSeq, UUID memberId, boolean gone, long seq, byte[] json) {}

  /** The entry of a lasting event. */
  public static Entry entry(Event event) {
    byte[] json = Json.bytes(event);
    if (event instanceof Event.MessageChanged changed) {
      long seq = changed.message().seq();
      return new Entry(event.version(), seq, null, false, seq, json);
    }
    if (event instanceof Event.MemberChanged changed) {
      boolean gone = Boolean.TRUE.equals(changed.member().gone());
      return new Entry(event.version(), 0, changed.member().user().id(), gone, 0, json);
    }
    return new Entry(event.version(), 0, null, event instanceof Event.RoomGone, 0, json);
  }
}

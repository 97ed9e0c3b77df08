package chat.parley.realtime;

import chat.parley.model.Signal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Who is in one room, and what of it is still to be announced. Used under the lock of {@link
 * Presence}.
 */
final class Attendance {
  final Map<UUID, Seat> seats = new HashMap<>();

  /** How many are known to be here. */
  int count;

  /** How many hear the room on this node. */
  int listening;

  /** How far anybody who came or went had heard the room, see {@link Signal}. */
  long version;

  long toldAtNanos = System.nanoTime() - Presence.SAMPLE_NANOS;

  /** Who came (true) or went since the last announcement. */
  final Map<UUID, Boolean> changed = new LinkedHashMap<>();

  /** Whether an announcement is about to be made. */
  boolean telling;

  /** Whether it must be the whole picture, for somebody who was given none. */
  boolean pictureWanted;

  /** Whether several came or went at the last one, so that more will. */
  boolean crowded;

  Seat take(UUID userId) {
    return seats.computeIfAbsent(userId, user -> new Seat());
  }

  void giveUpIfEmpty(UUID userId, Seat seat) {
    if (seat.isEmpty()) {
      seats.remove(userId);
    }
  }
}

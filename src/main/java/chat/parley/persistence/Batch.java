package chat.parley.persistence;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Sends that go in one transaction, and what has become of it so far. */
final class Batch {
  final List<Send> sends = new ArrayList<>();
  final Set<UUID> rooms = new HashSet<>();
  private int bytes;
  int failures;
  boolean again;
  boolean waits;

  boolean isFull(WriterBounds bounds) {
    return sends.size() >= bounds.batchRows() || bytes >= bounds.batchBytes();
  }

  boolean take(UUID roomId, Deque<Send> queue, WriterBounds bounds) {
    int taken = 0;
    while (!queue.isEmpty() && taken < bounds.roomRows() && !isFull(bounds)) {
      Send send = queue.poll();
      if (!send.answered()) {
        sends.add(send);
        bytes += send.bytes;
        taken++;
      }
    }
    if (taken > 0) {
      rooms.add(roomId);
    }
    return taken > 0;
  }

  Batch part(int from, int to) {
    Batch part = new Batch();
    part.sends.addAll(sends.subList(from, to));
    part.rooms.addAll(rooms);
    part.again = again;
    part.waits = waits;
    return part;
  }
}

package chat.parley.persistence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The sends that wait for a commit, by room, and which rooms are in one. Used on one event loop.
 */
final class WaitingRooms {
  private static final int SKIPS_BEFORE_WAITING = 3;

  /** Rooms with sends that wait, the longest waiting first. */
  private final Map<UUID, Deque<Send>> waiting = new LinkedHashMap<>();

  private final Set<UUID> underWay = new HashSet<>();
  private final Map<UUID, Integer> skips = new HashMap<>();

  void add(Send send) {
    waiting.computeIfAbsent(send.key.roomId(), room -> new ArrayDeque<>()).add(send);
  }

  /**
   * A batch of the longest waiting rooms; a room that was locked elsewhere too often goes alone and
   * waits for its lock.
   */
  Batch gather(WriterBounds bounds) {
    Batch batch = new Batch();
    var rooms = waiting.entrySet().iterator();
    while (rooms.hasNext() && !batch.isFull(bounds) && !batch.waits) {
      var room = rooms.next();
      if (underWay.contains(room.getKey())) {
        continue;
      }
      boolean mustWait = skips.getOrDefault(room.getKey(), 0) >= SKIPS_BEFORE_WAITING;
      if (mustWait && !batch.sends.isEmpty()) {
        continue;
      }
      batch.waits = mustWait;
      if (batch.take(room.getKey(), room.getValue(), bounds)) {
        underWay.add(room.getKey());
      }
      if (room.getValue().isEmpty()) {
        rooms.remove();
      }
    }
    return batch;
  }

  /** The rooms of a batch may be in another from now on. */
  void finished(Batch batch) {
    batch.rooms.forEach(underWay::remove);
  }

  /** The rooms of a batch had their turn, but for those whose sends were busy. */
  void served(Batch batch, List<Send> busy) {
    batch.rooms.stream()
        .filter(room -> busy.stream().noneMatch(send -> send.key.roomId().equals(room)))
        .forEach(skips::remove);
  }

  /** Rooms that were locked elsewhere come first next time. */
  void putBack(List<Send> busy) {
    Map<UUID, Deque<Send>> first = new LinkedHashMap<>();
    busy.forEach(
        send -> first.computeIfAbsent(send.key.roomId(), room -> new ArrayDeque<>()).add(send));
    Map<UUID, Deque<Send>> others = new LinkedHashMap<>(waiting);
    waiting.clear();
    first.forEach(
        (roomId, sends) -> {
          skips.merge(roomId, 1, Integer::sum);
          Deque<Send> later = others.remove(roomId);
          if (later != null) {
            sends.addAll(later);
          }
          waiting.put(roomId, sends);
        });
    waiting.putAll(others);
  }

  /** Sends that were answered already, because they were too late, wait for nothing. */
  void forgetAnswered() {
    waiting.values().forEach(sends -> sends.removeIf(Send::answered));
    waiting.values().removeIf(Deque::isEmpty);
    skips.keySet().removeIf(room -> !waiting.containsKey(room) && !underWay.contains(room));
  }
}

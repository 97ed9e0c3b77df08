package chat.parley.bench.baseline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** A room of a baseline server: who hears it, and its last number. */
final class Room {
  final UUID id;
  final UUID someone = UUID.randomUUID();
  final List<Listener> listeners = new ArrayList<>();
  final Deque<Post> waiting = new ArrayDeque<>();
  boolean busy;
  long seq;

  Room(UUID id) {
    this.id = id;
  }
}

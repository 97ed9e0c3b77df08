package chat.parley.realtime;

import chat.parley.model.Json;
import chat.parley.model.Live;
import chat.parley.model.Signal;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who hears which room on this node: for each person the set of event loops where they do, so that
 * nothing is counted twice and nobody lingers. Coming is told at once; going only after a grace,
 * since most who go are reconnecting. In rooms with more than 100 people only a sample of both is
 * told.
 */
final class Presence {
  private static final long GRACE_MS = 3_000;
  private static final int SMALL = 100;
  private static final long SAMPLE_NANOS = 1_000_000_000L;

  private static final class Here {
    final Map<UUID, Set<RoomHub>> people = new HashMap<>();
    final Set<UUID> told = new HashSet<>();
    long toldAtNanos = System.nanoTime() - SAMPLE_NANOS;
  }

  private final Vertx vertx;
  private final Consumer<Signal> announce;
  private final Map<UUID, Here> rooms = new ConcurrentHashMap<>();

  Presence(Vertx vertx, Consumer<Signal> announce) {
    this.vertx = vertx;
    this.announce = announce;
  }

  /** Somebody's first socket on this loop hears the room. */
  void came(UUID roomId, UUID userId, RoomHub hub) {
    rooms.compute(
        roomId,
        (id, room) -> {
          Here here = room == null ? new Here() : room;
          here.people.computeIfAbsent(userId, user -> new HashSet<>(2)).add(hub);
          if (here.told.add(userId)) {
            tell(roomId, here, userId, true, hub.deliveredOf(roomId));
          }
          return here;
        });
  }

  /** Somebody's last socket on this loop has gone. */
  void went(UUID roomId, UUID userId, RoomHub hub) {
    rooms.computeIfPresent(
        roomId,
        (id, here) -> {
          Set<RoomHub> hubs = here.people.get(userId);
          if (hubs != null && hubs.remove(hub) && hubs.isEmpty()) {
            here.people.remove(userId);
            long version = hub.deliveredOf(roomId);
            vertx.setTimer(GRACE_MS, timer -> confirmGone(roomId, userId, version));
          }
          return here;
        });
  }

  private void confirmGone(UUID roomId, UUID userId, long version) {
    rooms.computeIfPresent(
        roomId,
        (id, here) -> {
          if (!here.people.containsKey(userId) && here.told.remove(userId)) {
            tell(roomId, here, userId, false, version);
          }
          return here.people.isEmpty() && here.told.isEmpty() ? null : here;
        });
  }

  private void tell(UUID roomId, Here here, UUID userId, boolean online, long version) {
    long now = System.nanoTime();
    int count = here.told.size();
    if (count > SMALL && now - here.toldAtNanos < SAMPLE_NANOS) {
      return;
    }
    here.toldAtNanos = now;
    announce.accept(
        new Signal(
            roomId, version, userId, Json.bytes(new Live.Presence(roomId, userId, online, count))));
  }

  /** Who is here right now, for somebody who has just registered. */
  Live.Present snapshot(UUID roomId) {
    Live.Present[] snapshot = {new Live.Present(roomId, List.of(), 0)};
    rooms.computeIfPresent(
        roomId,
        (id, here) -> {
          List<UUID> online = here.told.stream().limit(SMALL).toList();
          snapshot[0] = new Live.Present(roomId, online, here.told.size());
          return here;
        });
    return snapshot[0];
  }
}

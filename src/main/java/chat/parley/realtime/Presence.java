package chat.parley.realtime;

import chat.parley.model.Json;
import chat.parley.model.Live;
import chat.parley.model.NodeNews;
import chat.parley.model.Signal;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Who hears which room: for each person the set of event loops of this node and the set of other
 * nodes where they do, so that nothing is counted twice and nobody lingers. Coming is told at once;
 * going only after a grace, since most who go are reconnecting. Several who come or go together are
 * told as one picture of at most 100, a single one in a room of more only once a second. Each node
 * tells its own sockets.
 */
final class Presence {
  static final long GRACE_MS = 3_000;
  private static final int SMALL = 100;
  private static final long GATHER_MS = 50;
  private static final long CROWD_MS = 500;
  static final long SAMPLE_NANOS = 1_000_000_000L;

  private final Vertx vertx;
  private final Consumer<Signal> announce;
  private final Consumer<NodeNews.Change> others;
  private final Map<UUID, Attendance> rooms = new ConcurrentHashMap<>();

  /**
   * @param announce tells the sockets of this node
   * @param others tells the other nodes who came to this one or went
   */
  Presence(Vertx vertx, Consumer<Signal> announce, Consumer<NodeNews.Change> others) {
    this.vertx = vertx;
    this.announce = announce;
    this.others = others;
  }

  /** Somebody's first socket on this loop hears the room. */
  void came(UUID roomId, UUID userId, RoomHub hub) {
    rooms.compute(
        roomId,
        (id, room) -> {
          Attendance here = room == null ? new Attendance() : room;
          here.version = Math.max(here.version, hub.deliveredOf(roomId));
          Seat seat = here.take(userId);
          here.listening += seat.hub == null ? 1 : 0;
          seat.add(hub);
          if (!seat.ours) {
            seat.ours = true;
            others.accept(change(roomId, here, userId, true));
            tellIfNew(roomId, here, userId, seat);
          }
          return here;
        });
  }

  /** Somebody's last socket on this loop has gone. */
  void went(UUID roomId, UUID userId, RoomHub hub) {
    rooms.computeIfPresent(
        roomId,
        (id, here) -> {
          here.version = Math.max(here.version, hub.deliveredOf(roomId));
          Seat seat = here.seats.get(userId);
          if (seat != null && seat.remove(hub)) {
            here.listening--;
            vertx.setTimer(GRACE_MS, timer -> confirmGone(roomId, userId));
          }
          return here;
        });
  }

  private void confirmGone(UUID roomId, UUID userId) {
    rooms.computeIfPresent(
        roomId,
        (id, here) -> {
          Seat seat = here.seats.get(userId);
          if (seat != null && seat.hub == null && seat.ours) {
            seat.ours = false;
            others.accept(change(roomId, here, userId, false));
            tellIfGone(roomId, here, userId, seat);
          }
          return here.seats.isEmpty() ? null : here;
        });
  }

  /** Somebody hears the room on another node. */
  void cameElsewhere(NodeNews.Place place, UUID nodeId) {
    rooms.compute(
        place.roomId(),
        (id, room) -> {
          Attendance here = room == null ? new Attendance() : room;
          here.version = Math.max(here.version, place.version());
          Seat seat = here.take(place.userId());
          seat.elsewhere = seat.elsewhere == null ? new HashSet<>(2) : seat.elsewhere;
          seat.elsewhere.add(nodeId);
          tellIfNew(id, here, place.userId(), seat);
          return here;
        });
  }

  /** Somebody no longer hears the room on another node. */
  void wentElsewhere(NodeNews.Place place, UUID nodeId) {
    rooms.computeIfPresent(
        place.roomId(),
        (id, here) -> {
          here.version = Math.max(here.version, place.version());
          Seat seat = here.seats.get(place.userId());
          Set<UUID> nodes = seat == null ? null : seat.elsewhere;
          if (nodes != null && nodes.remove(nodeId) && nodes.isEmpty()) {
            seat.elsewhere = null;
            tellIfGone(id, here, place.userId(), seat);
          }
          return here.seats.isEmpty() ? null : here;
        });
  }

  private static NodeNews.Change change(UUID roomId, Attendance here, UUID userId, boolean came) {
    return new NodeNews.Change(new NodeNews.Place(roomId, userId, here.version), came);
  }

  private void tellIfNew(UUID roomId, Attendance here, UUID userId, Seat seat) {
    if (!seat.told) {
      seat.told = true;
      here.count++;
      tell(roomId, here, userId, true);
    }
  }

  private void tellIfGone(UUID roomId, Attendance here, UUID userId, Seat seat) {
    if (!seat.ours && seat.elsewhere == null && seat.told) {
      seat.told = false;
      here.count--;
      tell(roomId, here, userId, false);
    }
    here.giveUpIfEmpty(userId, seat);
  }

  /** Gathers what happens within a moment; a crowd that comes at once is told as one picture. */
  private void tell(UUID roomId, Attendance here, UUID userId, boolean online) {
    if (here.listening == 0) {
      return;
    }
    here.changed.put(userId, online);
    if (!here.telling) {
      here.telling = true;
      vertx.setTimer(here.crowded ? CROWD_MS : GATHER_MS, timer -> tellGathered(roomId));
    }
  }

  private void tellGathered(UUID roomId) {
    rooms.computeIfPresent(
        roomId,
        (id, here) -> {
          here.telling = false;
          here.crowded = here.changed.size() > 1;
          if (here.crowded || here.pictureWanted) {
            announce.accept(signal(id, here, null, picture(id, here)));
          } else {
            here.changed.forEach((user, online) -> tellOne(id, here, user, online));
          }
          here.changed.clear();
          here.pictureWanted = false;
          return here;
        });
  }

  private void tellOne(UUID roomId, Attendance here, UUID userId, boolean online) {
    long now = System.nanoTime();
    if (here.count <= SMALL || now - here.toldAtNanos >= SAMPLE_NANOS) {
      here.toldAtNanos = now;
      Live.Presence change = new Live.Presence(roomId, userId, online, here.count);
      announce.accept(signal(roomId, here, userId, change));
    }
  }

  private static Signal signal(UUID roomId, Attendance here, UUID userId, Live event) {
    return new Signal(roomId, here.version, userId, Json.bytes(event));
  }

  /** Everybody on this node, for the others. */
  List<NodeNews.Place> places() {
    List<NodeNews.Place> places = new ArrayList<>();
    for (UUID roomId : rooms.keySet()) {
      rooms.computeIfPresent(
          roomId,
          (id, here) -> {
            here.seats.forEach(
                (user, seat) -> {
                  if (seat.ours) {
                    places.add(new NodeNews.Place(id, user, here.version));
                  }
                });
            return here;
          });
    }
    return places;
  }

  /**
   * Who is here right now, for somebody who has just registered; empty when others came in the same
   * moment, as everybody is then told soon. So a returning crowd of n is not told n pictures each.
   */
  Optional<Live> snapshot(UUID roomId, UUID userId) {
    AtomicReference<Live> snapshot = new AtomicReference<>(new Live.Present(roomId, List.of(), 0));
    rooms.computeIfPresent(
        roomId,
        (id, here) -> {
          int others = here.changed.size() - (here.changed.containsKey(userId) ? 1 : 0);
          here.pictureWanted |= others > 0;
          snapshot.set(others > 0 ? null : picture(id, here));
          return here;
        });
    return Optional.ofNullable(snapshot.get());
  }

  private static Live picture(UUID roomId, Attendance here) {
    List<UUID> online =
        here.seats.entrySet().stream()
            .filter(each -> each.getValue().told)
            .limit(SMALL)
            .map(Map.Entry::getKey)
            .toList();
    return new Live.Present(roomId, online, here.count);
  }
}

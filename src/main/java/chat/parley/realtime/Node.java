package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.NodeNews;
import chat.parley.model.Rooms;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the event loops of one node share: who is present, how many sockets a person or an address
 * has, and the question that is asked of the database every two seconds, once for all of them:
 * where do the rooms that we serve stand?
 */
public final class Node {
  static final long HEADS_MS = 2_000;
  private static final int HEADS_AT_ONCE = 5_000;

  private final Vertx vertx;
  private final Bus bus;
  private final boolean limited;
  final RealtimeMeters meters;
  final Backlog backlog;
  final Presence presence;
  private final Neighbours neighbours;
  final RollCall rollCall;
  final Wires wires = new Wires();
  private final Map<UUID, Integer> rooms = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> users = new ConcurrentHashMap<>();
  private final Map<Object, Integer> sockets = new ConcurrentHashMap<>();
  private final List<Ear> ears = new CopyOnWriteArrayList<>();
  private volatile boolean asking;

  private record Ear(Context context, Consumer<Rooms.Heads> listener) {}

  /**
   * @param limited whether a person or an address may only have so many sockets
   */
  public Node(Vertx vertx, Bus bus, boolean limited, RealtimeMeters meters) {
    this(vertx, bus, limited, meters, new Backlog(Backlog.NODE_BYTES));
  }

  Node(Vertx vertx, Bus bus, boolean limited, RealtimeMeters meters, Backlog backlog) {
    this.vertx = vertx;
    this.bus = bus;
    this.limited = limited;
    this.meters = meters;
    this.backlog = backlog;
    meters.show(backlog);
    Queue<NodeNews.Change> changes = Neighbours.changes();
    this.presence =
        new Presence(
            vertx,
            signal -> bus.publishHere(Addresses.ROOM, signal.roomId(), signal),
            bus.isClustered() ? changes::add : alone -> {});
    this.neighbours = bus.isClustered() ? Neighbours.start(vertx, bus, presence, changes) : null;
    this.rollCall = RollCall.start(vertx, bus, neighbours);
    vertx.setPeriodic(HEADS_MS, timer -> askHeads());
  }

  /** Tries the direct way to a socket's channel; completes also when it is closed. */
  public Future<Void> check() {
    return wires.check(vertx);
  }

  /** Tells the other nodes, if there are any, that this one is being stopped. */
  public void leave() {
    if (neighbours != null) {
      neighbours.leave();
    }
  }

  void hear(Context context, Consumer<Rooms.Heads> listener) {
    ears.add(new Ear(context, listener));
  }

  void watchRoom(UUID roomId) {
    rooms.merge(roomId, 1, Integer::sum);
  }

  void unwatchRoom(UUID roomId) {
    rooms.computeIfPresent(roomId, (id, loops) -> loops == 1 ? null : loops - 1);
  }

  void watchUser(UUID userId) {
    users.merge(userId, 1, Integer::sum);
  }

  void unwatchUser(UUID userId) {
    users.computeIfPresent(userId, (id, loops) -> loops == 1 ? null : loops - 1);
  }

  /** Takes one of {@code most} places of a person or an address; false when all are taken. */
  boolean takePlace(Object key, int most) {
    return !limited || sockets.merge(key, 1, Integer::sum) <= most;
  }

  void givePlace(Object key) {
    if (limited) {
      sockets.computeIfPresent(key, (id, taken) -> taken == 1 ? null : taken - 1);
    }
  }

  /** What this node is called among others; null when it stands alone. */
  String name() {
    return bus.nodeName();
  }

  boolean isLimited() {
    return limited;
  }

  /** One question at a time; a slow database is not asked again before it has answered. */
  private void askHeads() {
    if (asking || ears.isEmpty()) {
      return;
    }
    asking = true;
    List<UUID> roomIds = new ArrayList<>(rooms.keySet());
    List<UUID> userIds = new ArrayList<>(users.keySet());
    Future<?> asked = Future.succeededFuture();
    for (int i = 0; i < Math.max(roomIds.size(), userIds.size()); i += HEADS_AT_ONCE) {
      Rooms.ReadHeads part = new Rooms.ReadHeads(part(roomIds, i), part(userIds, i));
      asked = asked.compose(done -> bus.ask(Addresses.ROOMS_HEADS, part).onSuccess(this::tell));
      meters.polls.increment();
    }
    asked.onFailure(failure -> meters.pollFailures.increment()).onComplete(done -> asking = false);
  }

  private static List<UUID> part(List<UUID> ids, int from) {
    return from >= ids.size()
        ? List.of()
        : ids.subList(from, Math.min(ids.size(), from + HEADS_AT_ONCE));
  }

  private void tell(Rooms.Heads heads) {
    ears.forEach(ear -> ear.context.runOnContext(turn -> ear.listener.accept(heads)));
  }
}

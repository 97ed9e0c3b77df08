package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.NodeNews;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes and who is there. Each node tells its changes, gathered and numbered, and every
 * two seconds that it lives and how far its numbers go; who has missed one asks for the whole. A
 * node that is silent for ten seconds is gone, with everybody on it: those who live connect to us
 * meanwhile, and nobody sees them go. Runs on one event loop; {@link #changed} may be called by
 * all.
 */
final class Neighbours {
  private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
  private static final long GATHER_MS = 50;
  private static final long BEAT_MS = 2_000;
  private static final long SILENT_NANOS = 10_000_000_000L;
  private static final long ASK_AGAIN_NANOS = 1_000_000_000L;
  private static final int AT_ONCE = 2_000;
  private static final int MOST_NODES = 64;
  private static final int MOST_PLACES = 2_000_000;

  private record Spot(UUID roomId, UUID userId) {}

  private static final class Neighbour {
    final Set<Spot> spots = new HashSet<>();
    long number = -1;
    long goneAtNanos;
    long askedAtNanos = System.nanoTime() - ASK_AGAIN_NANOS;

    /** A whole of which parts are still to come; null otherwise. */
    Set<Spot> coming;

    long nextPart;
  }

  private final UUID self = UUID.randomUUID();
  private final Vertx vertx;
  private final Bus bus;
  private final Presence presence;
  private final Queue<NodeNews.Change> changes;

  /** Changed on one event loop; who is among them may be asked on all. */
  private final Map<UUID, Neighbour> neighbours = new ConcurrentHashMap<>();

  private long number;
  private long wholeToldAtNanos = System.nanoTime() - ASK_AGAIN_NANOS;
  private volatile boolean leaving;

  /**
   * @param changes filled by all event loops, emptied here
   */
  private Neighbours(Vertx vertx, Bus bus, Presence presence, Queue<NodeNews.Change> changes) {
    this.vertx = vertx;
    this.bus = bus;
    this.presence = presence;
    this.changes = changes;
  }

  /** Begins to speak and to listen. */
  static Neighbours start(Vertx vertx, Bus bus, Presence presence, Queue<NodeNews.Change> changes) {
    Neighbours neighbours = new Neighbours(vertx, bus, presence, changes);
    vertx.getOrCreateContext().runOnContext(turn -> neighbours.listen());
    return neighbours;
  }

  static Queue<NodeNews.Change> changes() {
    return new ConcurrentLinkedQueue<>();
  }

  UUID self() {
    return self;
  }

  /** The other nodes that live. */
  Set<UUID> others() {
    return Set.copyOf(neighbours.keySet());
  }

  private void listen() {
    bus.hear(Addresses.NODES, "", this::heard);
    vertx.setPeriodic(GATHER_MS, timer -> tellChanges());
    vertx.setPeriodic(BEAT_MS, timer -> beat());
    beat();
  }

  private void say(NodeNews news) {
    bus.publish(Addresses.NODES, "", news);
  }

  private void tellChanges() {
    List<NodeNews.Change> gathered = new ArrayList<>();
    NodeNews.Change next;
    while (!leaving && gathered.size() < AT_ONCE && (next = changes.poll()) != null) {
      gathered.add(next);
    }
    if (!gathered.isEmpty()) {
      say(new NodeNews.Changes(self, ++number, gathered));
    }
  }

  private void beat() {
    if (leaving) {
      return;
    }
    say(new NodeNews.Beat(self, number));
    long now = System.nanoTime();
    for (UUID id : List.copyOf(neighbours.keySet())) {
      if (neighbours.get(id).goneAtNanos - now < 0) {
        LOG.info("A node is gone: {}", id);
        forget(id);
      }
    }
  }

  private void forget(UUID id) {
    neighbours.remove(id).spots.forEach(spot -> presence.wentElsewhere(place(spot), id));
  }

  private static NodeNews.Place place(Spot spot) {
    return new NodeNews.Place(spot.roomId, spot.userId, 0);
  }

  private void heard(NodeNews news) {
    UUID id = news.nodeId();
    if (id.equals(self)) {
      return;
    }
    if (news instanceof NodeNews.Leaving) {
      Neighbour neighbour = neighbours.get(id);
      if (neighbour != null) {
        neighbour.goneAtNanos = System.nanoTime() + Presence.GRACE_MS * 1_000_000;
      }
    } else if (neighbours.containsKey(id) || neighbours.size() < MOST_NODES) {
      Neighbour neighbour = neighbours.computeIfAbsent(id, Neighbours::met);
      neighbour.goneAtNanos = System.nanoTime() + SILENT_NANOS;
      heard(id, neighbour, news);
    }
  }

  private static Neighbour met(UUID id) {
    LOG.info("A node is heard: {}", id);
    return new Neighbour();
  }

  private void heard(UUID id, Neighbour neighbour, NodeNews news) {
    if (news instanceof NodeNews.Beat beat) {
      if (beat.number() != neighbour.number) {
        ask(id, neighbour);
      }
    } else if (news instanceof NodeNews.Changes told) {
      if (told.number() == neighbour.number + 1 && neighbour.number >= 0) {
        neighbour.number++;
        told.changes().forEach(change -> apply(id, neighbour, change));
      } else if (told.number() > neighbour.number) {
        ask(id, neighbour);
      }
    } else if (news instanceof NodeNews.Whole whole) {
      take(id, neighbour, whole);
    } else if (news instanceof NodeNews.Ask ask && ask.of().equals(self)) {
      tellWhole();
    }
  }

  private void ask(UUID id, Neighbour neighbour) {
    long now = System.nanoTime();
    if (now - neighbour.askedAtNanos >= ASK_AGAIN_NANOS) {
      neighbour.askedAtNanos = now;
      say(new NodeNews.Ask(self, id));
    }
  }

  private void apply(UUID id, Neighbour neighbour, NodeNews.Change change) {
    Spot spot = new Spot(change.place().roomId(), change.place().userId());
    if (!change.here()) {
      if (neighbour.spots.remove(spot)) {
        presence.wentElsewhere(change.place(), id);
      }
    } else if (neighbour.spots.size() < MOST_PLACES && neighbour.spots.add(spot)) {
      presence.cameElsewhere(change.place(), id);
    }
  }

  /** All parts in one turn, so that no change of ours comes between them. */
  private void tellWhole() {
    long now = System.nanoTime();
    if (now - wholeToldAtNanos < ASK_AGAIN_NANOS) {
      return;
    }
    wholeToldAtNanos = now;
    List<NodeNews.Place> places = presence.places();
    int parts = Math.max(1, (places.size() + AT_ONCE - 1) / AT_ONCE);
    for (int part = 0; part < parts; part++) {
      int from = part * AT_ONCE;
      List<NodeNews.Place> some = places.subList(from, Math.min(places.size(), from + AT_ONCE));
      say(new NodeNews.Whole(self, number, part, part == parts - 1, some));
    }
  }

  private void take(UUID id, Neighbour neighbour, NodeNews.Whole whole) {
    if (whole.part() == 0) {
      neighbour.coming = new HashSet<>();
      neighbour.nextPart = 0;
    }
    if (neighbour.coming == null || whole.part() != neighbour.nextPart++) {
      // A part was lost: the next beat shows that we still lack something.
      neighbour.coming = null;
      return;
    }
    for (NodeNews.Place place : whole.places()) {
      neighbour.coming.add(new Spot(place.roomId(), place.userId()));
      apply(id, neighbour, new NodeNews.Change(place, true));
    }
    if (whole.last()) {
      Set<Spot> present = neighbour.coming;
      neighbour.coming = null;
      neighbour.number = whole.number();
      List<Spot> gone = neighbour.spots.stream().filter(spot -> !present.contains(spot)).toList();
      gone.forEach(spot -> apply(id, neighbour, new NodeNews.Change(place(spot), false)));
    }
  }

  /** Says that this node is being stopped. */
  void leave() {
    leaving = true;
    say(new NodeNews.Leaving(self));
  }
}

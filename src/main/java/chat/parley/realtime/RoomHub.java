package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Event;
import chat.parley.model.Head;
import chat.parley.model.Json;
import chat.parley.model.Live;
import chat.parley.model.RoomBatch;
import chat.parley.model.RoomNews;
import chat.parley.model.Rooms;
import chat.parley.model.Seen;
import chat.parley.model.Signal;
import chat.parley.model.Sync;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The ordered log reader of one event loop: one bus consumer a room, whatever the number of
 * sockets. It delivers a room's versions contiguously; what the bus lost is read from the database.
 * The bus is a hint, the database the truth.
 *
 * <p>Delivering costs O(sockets) hand-overs of the same bytes; a room costs nothing while nothing
 * happens in it.
 */
final class RoomHub {
  private record Heard(RoomFeed feed, MessageConsumer<RoomNews> consumer) {}

  private final Bus bus;
  private final Node node;
  private final Flusher flusher;
  private final Map<UUID, Heard> rooms = new HashMap<>();
  private final Registrar registrar;
  private final SeenBy seenBy;
  private final Gaps gaps;

  RoomHub(Vertx vertx, Bus bus, Node node, Flusher flusher) {
    this.bus = bus;
    this.node = node;
    this.flusher = flusher;
    this.registrar = new Registrar(vertx, bus, this);
    this.seenBy = new SeenBy(vertx);
    this.gaps = new Gaps(vertx, bus, node.meters, this::filled);
  }

  /**
   * Asks for the room; the session is told by {@link Hearing#joined} or {@link Hearing#refused}.
   */
  Registrar.Wish register(Session session, UUID roomId) {
    return registrar.register(session, rooms.computeIfAbsent(roomId, this::listen).feed);
  }

  /** The bus is heard before the head is read, so that nothing falls between the two. */
  private Heard listen(UUID roomId) {
    RoomFeed feed = new RoomFeed(roomId, Addresses.ROOM.of(roomId));
    node.watchRoom(roomId);
    return new Heard(feed, bus.hear(Addresses.ROOM, roomId, news -> heard(feed, news)));
  }

  /** A room whose first head is known begins to be delivered. */
  void start(RoomFeed feed, Head head) {
    deliver(feed, feed.start(head));
    gaps.fillLater(feed);
  }

  /** Lets a socket hear from here on; it knows the head already. */
  void join(Subscription subscription) {
    RoomFeed feed = subscription.feed;
    if (feed.listeners.add(subscription)) {
      node.presence.came(feed.roomId, subscription.userId(), this);
    }
    node.presence
        .snapshot(feed.roomId, subscription.userId())
        .ifPresent(picture -> subscription.session.tell(feed.address, picture));
  }

  /** Stops delivery to one socket, at once. */
  void leave(Subscription subscription) {
    RoomFeed feed = subscription.feed;
    if (subscription.index < 0) {
      return;
    }
    if (feed.listeners.remove(subscription)) {
      node.presence.went(feed.roomId, subscription.userId(), this);
    }
    dropIfUnused(feed);
  }

  void dropIfUnused(RoomFeed feed) {
    Heard heard = rooms.get(feed.roomId);
    if (feed.isUnused() && heard != null && heard.feed == feed) {
      rooms.remove(feed.roomId);
      gaps.forget(feed);
      heard.consumer.unregister();
      node.unwatchRoom(feed.roomId);
    }
  }

  private void heard(RoomFeed feed, RoomNews news) {
    if (news instanceof RoomBatch batch) {
      List<RoomBatch.Entry> ready = feed.heard(batch.entries());
      deliver(feed, ready);
      if (batch.committedNanos() != 0 && !ready.isEmpty()) {
        flusher.carries(batch.committedNanos());
      }
      gaps.fillLater(feed);
    } else if (news instanceof Signal signal) {
      pass(feed, signal);
    } else if (news instanceof Seen seen) {
      seenBy.heard(feed, seen);
    }
  }

  /**
   * A signal from somebody who has heard more than we have may be meant for fewer people than we
   * know of. One that is for everybody waits; what one person does has passed by then.
   */
  private void pass(RoomFeed feed, Signal signal) {
    if (!feed.isStarted() || signal.version() > feed.delivered()) {
      feed.held = signal.fromUserId() == null ? signal : feed.held;
      return;
    }
    try (Run run = Run.of(Frames.rec(feed.address, signal.json()))) {
      for (Subscription each : feed.listeners.all()) {
        if (!each.userId().equals(signal.fromUserId())) {
          each.session.offerSignal(run);
        }
      }
    }
  }

  /**
   * Hands a run of events to everyone; whoever is gone by one of them gets nothing that follows it.
   */
  private void deliver(RoomFeed feed, List<RoomBatch.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    int from = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).gone()) {
        send(feed, entries.subList(from, i + 1));
        dismiss(feed, entries.get(i).memberId());
        from = i + 1;
      }
    }
    send(feed, entries.subList(from, entries.size()));
    registrar.admitWaiting(feed);
    passHeld(feed);
    dropIfUnused(feed);
  }

  private void passHeld(RoomFeed feed) {
    Signal held = feed.held;
    if (held != null && held.version() <= feed.delivered()) {
      feed.held = null;
      pass(feed, held);
    }
  }

  private void send(RoomFeed feed, List<RoomBatch.Entry> entries) {
    if (entries.isEmpty() || feed.listeners.isEmpty()) {
      return;
    }
    long oldest = oldest(entries);
    try (Run run = run(feed, entries, 0)) {
      for (Subscription each : feed.listeners.all()) {
        if (each.fromSeq <= oldest) {
          each.session.offer(run);
        } else {
          sendPart(each, entries);
        }
      }
    }
  }

  /** The oldest message that these events show; more than any when they show none. */
  private static long oldest(List<RoomBatch.Entry> entries) {
    long oldest = Long.MAX_VALUE;
    for (RoomBatch.Entry entry : entries) {
      oldest = entry.seq() == 0 ? oldest : Math.min(oldest, entry.seq());
    }
    return oldest;
  }

  /** To somebody who came later than some of it: that is rare, and not worth sharing. */
  private static void sendPart(Subscription to, List<RoomBatch.Entry> entries) {
    try (Run run = run(to.feed, entries, to.fromSeq)) {
      to.session.offer(run);
    }
  }

  /** In place of a message from before {@code fromSeq} goes its version alone: none may lack. */
  private static Run run(RoomFeed feed, List<RoomBatch.Entry> entries, long fromSeq) {
    List<byte[]> payloads = new ArrayList<>(entries.size());
    for (RoomBatch.Entry entry : entries) {
      boolean hidden = entry.seq() != 0 && entry.seq() < fromSeq;
      byte[] json =
          hidden ? Json.bytes(new Event.Hidden(feed.roomId, entry.version())) : entry.json();
      payloads.add(Frames.rec(feed.address, json));
    }
    return new Run(payloads);
  }

  /** Of everybody, when {@code userId} is null. */
  private void dismiss(RoomFeed feed, UUID userId) {
    Collection<Subscription> whose =
        userId == null ? feed.listeners.all() : feed.listeners.of(userId);
    for (Subscription theirs : List.copyOf(whose)) {
      leave(theirs);
      theirs.session.hearing().dismissed(theirs);
    }
  }

  /** Makes sure that delivery comes as far as a version that is known to exist. */
  void want(RoomFeed feed, long version) {
    gaps.want(feed, version);
  }

  private void filled(RoomFeed feed, long since, Sync log) {
    if (log.head().version() < since) {
      feed.rewind(log.head());
      gaps.forget(feed);
      tellHead(feed);
      return;
    }
    List<RoomBatch.Entry> rows = log.items().stream().map(RoomBatch::entry).toList();
    long upTo = log.more() ? rows.get(rows.size() - 1).version() : log.head().version();
    rows.stream().filter(RoomHub::tellsOfAMember).forEach(row -> admitAnew(feed, row.memberId()));
    deliver(feed, feed.filled(rows, upTo, log.more() ? 0 : log.head().lastSeq()));
    registrar.admitWaiting(feed);
  }

  private static boolean tellsOfAMember(RoomBatch.Entry row) {
    return row.memberId() != null && !row.gone();
  }

  /**
   * A log tells who is in the room now, and not that they were out in between: nothing of the gap
   * may reach them by what they were admitted to before it.
   */
  private void admitAnew(RoomFeed feed, UUID userId) {
    for (Subscription theirs : feed.listeners.of(userId)) {
      Hearing hearing = theirs.session.hearing();
      hearing.dismissed(theirs);
      hearing.register(feed.address);
      leave(theirs);
    }
  }

  private void tellHead(RoomFeed feed) {
    byte[] head = Json.bytes(new Live.RoomHead(feed.roomId, feed.delivered(), feed.lastSeq()));
    try (Run run = Run.of(Frames.rec(feed.address, head))) {
      feed.listeners.all().forEach(each -> each.session.offer(run));
    }
  }

  /** What the database says, every two seconds: a difference is a gap. */
  void heads(Rooms.Heads heads) {
    for (Heard each : List.copyOf(rooms.values())) {
      RoomFeed feed = each.feed;
      Head head = heads.rooms().get(feed.roomId);
      if (head != null && feed.isStarted()) {
        compare(feed, head);
        feed.deliveredAtPoll = feed.delivered();
      }
    }
  }

  private void compare(RoomFeed feed, Head head) {
    if (head.version() > feed.delivered()) {
      want(feed, head.version());
    } else if (head.version() < feed.deliveredAtPoll) {
      // Behind what we had heard before this question was even asked: the database was restored.
      // The log itself decides.
      gaps.lookAgain(feed);
    }
  }

  /** How far this loop has heard a room; 0 when it does not. */
  long deliveredOf(UUID roomId) {
    Heard heard = rooms.get(roomId);
    return heard == null ? 0 : Math.max(0, heard.feed.delivered());
  }
}

package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Head;
import chat.parley.model.Json;
import chat.parley.model.Live;
import chat.parley.model.RoomBatch;
import chat.parley.model.RoomNews;
import chat.parley.model.Rooms;
import chat.parley.model.Signal;
import chat.parley.model.Sync;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
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
  /** How long a later version waits for an earlier one that the bus may still bring. */
  private static final long PATIENCE_MS = 50;

  private static final long RETRY_MS = 500;

  /** Somebody's wish to hear a room, until it is granted, refused or withdrawn. */
  static final class Registration {
    final Session session;
    final RoomFeed feed;
    boolean withdrawn;

    /** The version in whose snapshot membership was seen; delivery must have come that far. */
    private long seenAt;

    Registration(Session session, RoomFeed feed) {
      this.session = session;
      this.feed = feed;
    }
  }

  private record Heard(RoomFeed feed, MessageConsumer<RoomNews> consumer) {}

  private final Vertx vertx;
  private final Bus bus;
  private final Node node;
  private final Map<UUID, Heard> rooms = new HashMap<>();
  private List<Registration> asking = new ArrayList<>();
  private final List<Registration> waiting = new ArrayList<>();
  private final Map<RoomFeed, Long> wanted = new HashMap<>();

  RoomHub(Vertx vertx, Bus bus, Node node) {
    this.vertx = vertx;
    this.bus = bus;
    this.node = node;
  }

  /**
   * Asks for the room; the session is told by {@link Session#joined} or {@link Session#refused}.
   */
  Registration register(Session session, UUID roomId) {
    RoomFeed feed = rooms.computeIfAbsent(roomId, this::listen).feed;
    feed.registering++;
    Registration wish = new Registration(session, feed);
    ask(wish);
    return wish;
  }

  /** The bus is heard before the head is read, so that nothing falls between the two. */
  private Heard listen(UUID roomId) {
    RoomFeed feed = new RoomFeed(roomId, Addresses.ROOM.of(roomId));
    node.watchRoom(roomId);
    return new Heard(feed, bus.hear(Addresses.ROOM, roomId, news -> heard(feed, news)));
  }

  /** Wishes of one turn are checked in one question. */
  private void ask(Registration wish) {
    asking.add(wish);
    if (asking.size() == 1) {
      vertx.runOnContext(
          turn -> {
            List<Registration> wishes = asking;
            asking = new ArrayList<>();
            check(wishes);
          });
    }
  }

  private void check(List<Registration> wishes) {
    List<Rooms.MayHear.Ear> ears =
        wishes.stream()
            .map(wish -> new Rooms.MayHear.Ear(wish.session.userId(), wish.feed.roomId))
            .toList();
    bus.ask(Addresses.ROOMS_MAY_HEAR, new Rooms.MayHear(ears))
        .onComplete(
            answers -> {
              for (int i = 0; i < wishes.size(); i++) {
                answer(wishes.get(i), answers.get(i));
              }
            },
            failure -> wishes.forEach(wish -> refuse(wish, (Failure) failure)));
  }

  private void answer(Registration wish, Rooms.Hearing hearing) {
    if (wish.withdrawn) {
      end(wish);
    } else if (!hearing.allowed()) {
      refuse(wish, Problem.NOT_FOUND.failure());
    } else {
      RoomFeed feed = wish.feed;
      if (!feed.isStarted()) {
        deliver(feed, feed.start(hearing.head()));
        fillLater(feed);
      }
      wish.seenAt = hearing.head().version();
      admit(wish);
    }
  }

  /**
   * Joins at exactly what has been delivered, if the membership that was seen still stands there.
   */
  private void admit(Registration wish) {
    RoomFeed feed = wish.feed;
    if (wish.withdrawn) {
      end(wish);
    } else if (feed.delivered() < wish.seenAt) {
      waiting.add(wish);
      want(feed, wish.seenAt);
    } else if (feed.memberChangedAt() > wish.seenAt) {
      ask(wish);
    } else {
      Subscription subscription = new Subscription(wish.session, feed);
      subscription.told = feed.delivered();
      boolean came = feed.listeners.add(subscription);
      end(wish);
      wish.session.joined(subscription);
      if (came) {
        node.presence.came(feed.roomId, subscription.userId(), this);
      }
      wish.session.tell(feed.address, node.presence.snapshot(feed.roomId));
    }
  }

  private void refuse(Registration wish, Failure failure) {
    if (!wish.withdrawn) {
      wish.session.refused(wish.feed, failure);
    }
    end(wish);
  }

  private void end(Registration wish) {
    wish.feed.registering--;
    dropIfUnused(wish.feed);
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

  private void dropIfUnused(RoomFeed feed) {
    Heard heard = rooms.get(feed.roomId);
    if (feed.isUnused() && heard != null && heard.feed == feed) {
      rooms.remove(feed.roomId);
      wanted.remove(feed);
      heard.consumer.unregister();
      node.unwatchRoom(feed.roomId);
    }
  }

  private void heard(RoomFeed feed, RoomNews news) {
    if (news instanceof RoomBatch batch) {
      deliver(feed, feed.heard(batch.entries()));
      fillLater(feed);
    } else if (news instanceof Signal signal) {
      pass(feed, signal);
    }
  }

  /**
   * A signal from somebody who has heard more than we have may be meant for fewer people than we
   * know of.
   */
  private void pass(RoomFeed feed, Signal signal) {
    if (!feed.isStarted() || signal.version() > feed.delivered()) {
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
    admitWaiting(feed);
    dropIfUnused(feed);
  }

  private void send(RoomFeed feed, List<RoomBatch.Entry> entries) {
    if (entries.isEmpty() || feed.listeners.isEmpty()) {
      return;
    }
    List<byte[]> payloads = new ArrayList<>(entries.size());
    for (RoomBatch.Entry entry : entries) {
      payloads.add(Frames.rec(feed.address, entry.json()));
    }
    try (Run run = new Run(payloads)) {
      for (Subscription each : feed.listeners.all()) {
        each.session.offer(run);
      }
    }
  }

  private void dismiss(RoomFeed feed, UUID userId) {
    for (Subscription theirs : feed.listeners.of(userId)) {
      leave(theirs);
      theirs.session.dismissed(theirs);
    }
  }

  private void admitWaiting(RoomFeed feed) {
    if (waiting.isEmpty()) {
      return;
    }
    List<Registration> ready = new ArrayList<>();
    waiting.removeIf(
        wish -> wish.feed == feed && feed.delivered() >= wish.seenAt && ready.add(wish));
    ready.forEach(this::admit);
  }

  private void want(RoomFeed feed, long version) {
    if (feed.delivered() < version) {
      wanted.merge(feed, version, Math::max);
      fillLater(feed);
    }
  }

  private boolean lacks(RoomFeed feed) {
    return feed.isStarted() && (feed.hasGap() || feed.delivered() < wanted.getOrDefault(feed, 0L));
  }

  /** Waits a little for what the bus may still bring, then reads the gap. */
  private void fillLater(RoomFeed feed) {
    if (!feed.filling && lacks(feed)) {
      feed.filling = true;
      vertx.setTimer(PATIENCE_MS, timer -> fill(feed));
    }
  }

  private void fill(RoomFeed feed) {
    if (!lacks(feed) || feed.isUnused()) {
      feed.filling = false;
      wanted.remove(feed);
      return;
    }
    long since = feed.delivered();
    bus.ask(Addresses.ROOMS_LOG, new Rooms.ReadLog(feed.roomId, since))
        .onComplete(
            log -> {
              filled(feed, since, log);
              fill(feed);
            },
            failure -> vertx.setTimer(RETRY_MS, timer -> fill(feed)));
  }

  private void filled(RoomFeed feed, long since, Sync log) {
    if (log.head().version() < since) {
      feed.rewind(log.head());
      wanted.remove(feed);
      tellHead(feed);
      return;
    }
    List<RoomBatch.Entry> rows = log.items().stream().map(RoomBatch::entry).toList();
    long upTo = log.more() ? rows.get(rows.size() - 1).version() : log.head().version();
    deliver(feed, feed.filled(rows, upTo, log.more() ? 0 : log.head().lastSeq()));
    admitWaiting(feed);
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
      long since = feed.delivered();
      bus.ask(Addresses.ROOMS_LOG, new Rooms.ReadLog(feed.roomId, since))
          .onSuccess(log -> filled(feed, since, log));
    }
  }

  /** How far this loop has heard a room; 0 when it does not. */
  long deliveredOf(UUID roomId) {
    Heard heard = rooms.get(roomId);
    return heard == null ? 0 : Math.max(0, heard.feed.delivered());
  }

  int rooms() {
    return rooms.size();
  }
}

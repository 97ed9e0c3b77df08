package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.model.Live;
import chat.parley.model.Rooms;
import chat.parley.model.UserNotice;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Each person's own events on one event loop, for all their sockets there. Notices are numbered by
 * the user version; a client that finds a number missing asks for its rooms again, so they are
 * passed on as they come.
 */
final class UserHub {
  private static final int AT_ONCE = 500;
  private static final long PAUSE_MS = 5;

  private static final class Feed {
    final Set<Session> sessions = new HashSet<>();
    MessageConsumer<UserNotice> consumer;
    long version;
  }

  private final Bus bus;
  private final Node node;
  private final Map<UUID, Feed> feeds = new HashMap<>();

  UserHub(Bus bus, Node node) {
    this.bus = bus;
    this.node = node;
  }

  /** Hears from now on, and is told the head once it is known. */
  void register(Session session) {
    UUID userId = session.userId();
    Feed feed = feeds.computeIfAbsent(userId, this::listen);
    feed.sessions.add(session);
    bus.ask(Addresses.ROOMS_HEADS, new Rooms.ReadHeads(List.of(), List.of(userId)))
        .onComplete(
            heads -> {
              feed.version = Math.max(feed.version, heads.users().getOrDefault(userId, 0L));
              tellHead(session);
            },
            failure -> session.refuse(Addresses.USER.of(userId), (Failure) failure));
  }

  private Feed listen(UUID userId) {
    Feed feed = new Feed();
    node.watchUser(userId);
    feed.consumer = bus.hear(Addresses.USER, userId, notice -> pass(userId, feed, notice));
    return feed;
  }

  private static void pass(UUID userId, Feed feed, UserNotice notice) {
    feed.version = Math.max(feed.version, notice.version());
    try (Run run = Run.of(Frames.rec(Addresses.USER.of(userId), notice.json()))) {
      feed.sessions.forEach(session -> session.offer(run));
    }
  }

  void leave(Session session) {
    UUID userId = session.userId();
    Feed feed = feeds.get(userId);
    if (feed != null && feed.sessions.remove(session) && feed.sessions.isEmpty()) {
      feeds.remove(userId);
      feed.consumer.unregister();
      node.unwatchUser(userId);
    }
  }

  void tellHead(Session session) {
    Feed feed = feeds.get(session.userId());
    if (feed != null && feed.sessions.contains(session)) {
      session.tell(Addresses.USER.of(session.userId()), new Live.UserHead(feed.version));
    }
  }

  /**
   * To everybody on this loop who hears their own events, some at a time, so that nothing else
   * waits for all of them. O(sockets) frames, as each has its person's address in it.
   */
  void tellAll(byte[] json) {
    List<Session> everybody = new ArrayList<>();
    feeds.values().forEach(feed -> everybody.addAll(feed.sessions));
    tellFrom(everybody, 0, json);
  }

  private void tellFrom(List<Session> everybody, int from, byte[] json) {
    int to = Math.min(everybody.size(), from + AT_ONCE);
    for (Session session : everybody.subList(from, to)) {
      try (Run run = Run.of(Frames.rec(Addresses.USER.of(session.userId()), json))) {
        session.offer(run);
      }
    }
    if (to < everybody.size()) {
      bus.vertx().setTimer(PAUSE_MS, rested -> tellFrom(everybody, to, json));
    }
  }

  /** The user version as heard here; null when nobody hears. */
  Long version(UUID userId) {
    Feed feed = feeds.get(userId);
    return feed == null ? null : feed.version;
  }

  /** What the database says, every two seconds: a difference means that a notice was lost. */
  void heads(Rooms.Heads heads) {
    for (Map.Entry<UUID, Feed> each : new ArrayList<>(feeds.entrySet())) {
      Feed feed = each.getValue();
      long stored = heads.users().getOrDefault(each.getKey(), 0L);
      if (stored > feed.version) {
        feed.version = stored;
        List.copyOf(feed.sessions).forEach(this::tellHead);
      }
    }
  }
}

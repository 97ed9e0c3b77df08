package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Rooms;
import chat.parley.model.Sync;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads from the database what the bus has not brought, of each room once at a time, until delivery
 * has come as far as it is known to go. Cost: one question a page of what is missing.
 */
final class Gaps {
  /** How long a later version waits for an earlier one that the bus may still bring. */
  private static final long PATIENCE_MS = 50;

  private static final long RETRY_MS = 500;

  /** Takes what was read. */
  @FunctionalInterface
  interface Filled {
    void filled(RoomFeed feed, long since, Sync log);
  }

  private final Vertx vertx;
  private final Bus bus;
  private final RealtimeMeters meters;
  private final Filled filled;
  private final Map<RoomFeed, Long> wanted = new HashMap<>();

  Gaps(Vertx vertx, Bus bus, RealtimeMeters meters, Filled filled) {
    this.vertx = vertx;
    this.bus = bus;
    this.meters = meters;
    this.filled = filled;
  }

  /** Makes sure that delivery comes as far as a version that is known to exist. */
  void want(RoomFeed feed, long version) {
    if (feed.delivered() < version) {
      wanted.merge(feed, version, Math::max);
      fillLater(feed);
    }
  }

  /** Nothing is known to exist beyond what was delivered. */
  void forget(RoomFeed feed) {
    wanted.remove(feed);
  }

  private boolean lacks(RoomFeed feed) {
    return feed.isStarted() && (feed.hasGap() || feed.delivered() < wanted.getOrDefault(feed, 0L));
  }

  /** Waits a little for what the bus may still bring, then reads the gap. */
  void fillLater(RoomFeed feed) {
    if (!feed.filling && lacks(feed)) {
      feed.filling = true;
      vertx.setTimer(PATIENCE_MS, timer -> find(feed));
    }
  }

  private void find(RoomFeed feed) {
    if (lacks(feed) && !feed.isUnused()) {
      meters.gapsFound.increment();
    }
    fill(feed);
  }

  private void fill(RoomFeed feed) {
    if (!lacks(feed) || feed.isUnused()) {
      feed.filling = false;
      wanted.remove(feed);
      return;
    }
    read(feed)
        .onComplete(
            done -> {
              if (!lacks(feed)) {
                meters.gapsFilled.increment();
              }
              fill(feed);
            },
            failure -> vertx.setTimer(RETRY_MS, timer -> fill(feed)));
  }

  /** Asks the log itself, whether or not anything lacks. */
  void lookAgain(RoomFeed feed) {
    read(feed);
  }

  private Future<Sync> read(RoomFeed feed) {
    long since = feed.delivered();
    return bus.ask(Addresses.ROOMS_LOG, new Rooms.ReadLog(feed.roomId, since))
        .onSuccess(log -> filled.filled(feed, since, log));
  }
}

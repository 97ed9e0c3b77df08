package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which sessions are in use, told to the database now and then: a session at most once a minute,
 * many together, one statement at a time. Nobody waits for it, and what it cannot hold or deliver
 * it drops: the next use says the same. O(1) a use. Used on one event loop.
 */
final class Sightings {
  /** A little more than the minute that the database asks for, or it would take every other one. */
  static final Duration AGAIN = Duration.ofSeconds(65);

  static final int MOST_WAITING = 50_000;
  static final int MOST_AT_ONCE = 1_000;
  private static final int MOST_REMEMBERED = 100_000;

  private final Bus bus;
  private final Cache<UUID, Boolean> told;
  private final Set<UUID> waiting = new LinkedHashSet<>();
  private boolean telling;

  Sightings(Bus bus, Clock clock) {
    this.bus = bus;
    this.told =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(AGAIN)
            .ticker(() -> clock.millis() * 1_000_000)
            .build();
  }

  void saw(UUID sessionId) {
    if (told.getIfPresent(sessionId) == null && waiting.size() < MOST_WAITING) {
      told.put(sessionId, true);
      waiting.add(sessionId);
    }
  }

  /** Called every two seconds. */
  void tell() {
    if (telling || waiting.isEmpty()) {
      return;
    }
    telling = true;
    List<UUID> some = next();
    bus.ask(Addresses.SESSIONS_SEEN, some)
        .onFailure(failure -> told.invalidateAll(some))
        .onComplete(done -> telling = false);
  }

  /** Whether no statement is under way. */
  boolean isIdle() {
    return !telling;
  }

  private List<UUID> next() {
    List<UUID> some = new ArrayList<>();
    Iterator<UUID> oldest = waiting.iterator();
    while (oldest.hasNext() && some.size() < MOST_AT_ONCE) {
      some.add(oldest.next());
      oldest.remove();
    }
    return some;
  }
}

package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts.EndedSince;
import chat.parley.model.Accounts.SessionsEnded;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that are over though a token of theirs may still be valid. Fed by what ends here and,
 * every second, by what ended anywhere; kept as long as an access token lives. Ends are announced
 * once. Used on one event loop.
 */
final class EndedSessions {
  private static final Logger LOG = LoggerFactory.getLogger(EndedSessions.class);

  /** A transaction that ends a session commits later than the moment it writes down. */
  private static final Duration OVERLAP = Duration.ofSeconds(60);

  private final Map<UUID, Instant> forgetAt = new LinkedHashMap<>();
  private final Bus bus;
  private final Clock clock;
  private final Duration accessLife;
  private Instant polledAt;
  private boolean polling;
  private boolean failing;

  EndedSessions(Bus bus, AuthVerticle.Options options) {
    this.bus = bus;
    this.clock = options.clock();
    this.accessLife = options.accessLife();
  }

  boolean contains(UUID sessionId) {
    return forgetAt.containsKey(sessionId);
  }

  /** Learns what ended while this node was away; nobody is served before. */
  Future<Void> load() {
    return ask(accessLife.plus(OVERLAP)).mapEmpty();
  }

  /**
   * Learns what ended on other nodes; on failure what is known goes on to count, and the next poll
   * looks further back.
   */
  void poll() {
    if (polling) {
      return;
    }
    polling = true;
    forget();
    Duration away = Duration.between(polledAt, clock.instant());
    ask(OVERLAP.plus(away.isNegative() ? Duration.ZERO : away))
        .onComplete(
            done -> {
              polling = false;
              note(done.cause());
            });
  }

  private Future<List<UUID>> ask(Duration ago) {
    Instant askedAt = clock.instant();
    return bus.ask(Addresses.SESSIONS_ENDED_SINCE, new EndedSince(ago))
        .onSuccess(
            ids -> {
              polledAt = askedAt;
              add(ids);
            });
  }

  /** Counts from now on; whatever is new is announced to doors and sockets. */
  void add(Collection<UUID> sessionIds) {
    List<UUID> fresh = heard(sessionIds);
    if (!fresh.isEmpty()) {
      bus.publish(Addresses.SESSIONS_ENDED, "", new SessionsEnded(fresh));
    }
  }

  /** The same for what was announced already, maybe by another node; gives what is new here. */
  List<UUID> heard(Collection<UUID> sessionIds) {
    List<UUID> fresh = sessionIds.stream().filter(id -> !forgetAt.containsKey(id)).toList();
    // Kept longer than the poll looks back, or it would come again as new.
    Instant until = clock.instant().plus(accessLife).plus(OVERLAP).plus(OVERLAP);
    fresh.forEach(id -> forgetAt.put(id, until));
    return fresh;
  }

  /** They were added in this order, so the first that has to stay ends the round. */
  private void forget() {
    Instant now = clock.instant();
    Iterator<Instant> oldest = forgetAt.values().iterator();
    while (oldest.hasNext() && oldest.next().isBefore(now)) {
      oldest.remove();
    }
  }

  private void note(Throwable cause) {
    if (cause != null && !failing) {
      LOG.warn("Cannot read which sessions ended; those known stay refused: {}", cause.toString());
    } else if (cause == null && failing) {
      LOG.info("Can read again which sessions ended");
    }
    failing = cause != null;
  }
}

package chat.parley.auth;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

/**
 * The signing keys of now: the present period's signs; the one before and, for a node whose clock
 * is ahead, the one after verify too. Used on one event loop.
 */
final class KeyRing {
  private final Vertx vertx;
  private final Keys keys;
  private final Clock clock;
  private long period = -1;
  private List<SigningKey> ring = List.of();

  KeyRing(Vertx vertx, Keys keys, Clock clock) {
    this.vertx = vertx;
    this.keys = keys;
    this.clock = clock;
  }

  SigningKey signing() {
    return turned().get(1);
  }

  /** The key whose tokens begin with exactly this header, or null. */
  SigningKey of(String header) {
    for (SigningKey key : turned()) {
      if (key.header().equals(header)) {
        return key;
      }
    }
    return null;
  }

  private List<SigningKey> turned() {
    long now = clock.millis() / Keys.PERIOD.toMillis();
    if (now != period) {
      ring = List.of(key(now - 1), key(now), key(now + 1));
      period = now;
    }
    return ring;
  }

  private SigningKey key(long number) {
    return SigningKey.of(vertx, Long.toString(number), keys.accessTokens(number));
  }
}

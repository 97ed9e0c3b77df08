package chat.parley.bus;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often it was announced on this node that a session is over or an account has changed. It has
 * risen before whoever asked for the change is answered, on whatever thread somebody looks.
 */
final class Epoch implements Shareable {
  private static final String NAME = "parley.epoch";

  private final AtomicLong count = new AtomicLong();

  static Epoch of(Vertx vertx) {
    LocalMap<String, Epoch> shared = vertx.sharedData().getLocalMap(NAME);
    return shared.computeIfAbsent(NAME, name -> new Epoch());
  }

  void announced(Topic<?> topic) {
    if (topic == Addresses.SESSIONS_ENDED || topic == Addresses.ACCOUNT_CHANGED) {
      count.incrementAndGet();
    }
  }

  long now() {
    return count.get();
  }
}

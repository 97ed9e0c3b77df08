package chat.parley.http;

import chat.parley.bus.Problem;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests of a heavy kind this node serves at a time: memory is bounded whoever asks,
 * also with limits off.
 */
final class Seats {
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  Seats(int most) {
    this.most = most;
  }

  /** Throws UNAVAILABLE when there is none; to be left by what is given back, once or again. */
  Runnable take() {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      throw Problem.UNAVAILABLE.retryAfter(2, "The server is busy with others of this kind");
    }
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        taken.decrementAndGet();
      }
    };
  }
}

package chat.parley.persistence;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what no one can tell us about: looks every 10 ms. */
final class Wait {
  private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

  private Wait() {}

  /** A question about the outside world. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Whether the condition came true in time. */
  static boolean until(Condition condition, Duration atMost) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    return true;
  }
}

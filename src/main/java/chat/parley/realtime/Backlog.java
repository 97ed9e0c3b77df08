package chat.parley.realtime;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits for all peers of a node together, and so how much may wait for one of them. Each event
 * loop reports changes after a flush, once a turn, so that a burst is bounded as it comes; a socket
 * that drains meanwhile is seen at its next flush, at the latest after a second.
 */
final class Backlog {
  /** What may wait for one peer, and what when the node as a whole holds too much. */
  static final long SOCKET_BYTES = 1 << 20;

  static final long TIGHT_SOCKET_BYTES = 64 << 10;

  /** A quarter of the heap: what waits lies beside it, and both must find room. */
  static final long NODE_BYTES = Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4);

  private final long most;
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean tight;

  Backlog(long most) {
    this.most = most;
  }

  void changed(long by) {
    if (by != 0) {
      boolean over = bytes.addAndGet(by) > most;
      // Read at every offer by every loop: written only when it changes.
      if (over != tight) {
        tight = over;
      }
    }
  }

  long bytes() {
    return bytes.get();
  }

  /** How much may wait for one peer right now. */
  long socketBudget() {
    return tight ? TIGHT_SOCKET_BYTES : SOCKET_BYTES;
  }
}

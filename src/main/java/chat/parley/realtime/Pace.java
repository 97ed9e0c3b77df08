package chat.parley.realtime;

import chat.parley.model.Limit;

/**
 * How many frames a client may send: a burst, and then so many a second. Two numbers, because every
 * idle socket has one.
 */
final class Pace {
  private static final double BURST = Limit.FRAMES_BY_SOCKET.most();
  private static final double PER_SECOND = BURST / Limit.FRAMES_BY_SOCKET.period().toSeconds();

  private double left = BURST;
  private long atNanos = System.nanoTime();

  /** Counts one frame; false when it is one too many. */
  boolean take() {
    long now = System.nanoTime();
    left = Math.min(BURST, left + (now - atNanos) * PER_SECOND / 1e9);
    atNanos = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}

package chat.parley.persistence;

import java.util.concurrent.TimeUnit;

/**
 * When the next commit is worth its fixed cost, which is that of some twenty messages. A send that
 * comes alone goes at once. When several come together, commits of a few rows keep two milliseconds
 * from each other, so that at a steady pace the processor is not spent on commits of one row; a
 * crowd waits for nothing. A second commit beside a running one is for crowds too, or for when the
 * first is held up.
 */
final class Rhythm {
  static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  static final int CROWD = 64;

  private long startedNanos;
  private int startedRows;

  Rhythm(long nowNanos) {
    startedNanos = nowNanos - HELD_UP_NANOS;
  }

  /** A commit of so many rows has begun. */
  void started(long nowNanos, int rows) {
    startedNanos = nowNanos;
    startedRows = rows;
  }

  /**
   * How long the next should wait; 0 for not at all.
   *
   * @param rows how many wait
   * @param busy whether another is under way
   */
  long waitNanos(long nowNanos, int rows, boolean busy) {
    boolean alone = rows <= 1 && startedRows <= 1;
    if (rows >= CROWD || alone && !busy) {
      return 0;
    }
    long until = startedNanos + (busy ? HELD_UP_NANOS : APART_NANOS);
    return Math.max(0, until - nowNanos);
  }
}

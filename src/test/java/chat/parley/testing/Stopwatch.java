package chat.parley.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long something took, without the moments in which this machine let nobody on: while
 * one is measured a thread of its own wishes to wake every few milliseconds, and by how much it is
 * late is not counted. So a bound says something about Parley, also where tests, browsers and
 * databases share two cores; work, and waiting for others, counts in full.
 */
public final class Stopwatch {
  private static final long EVERY_NANOS = 5_000_000;

  /** What every machine is late by. */
  private static final long USUAL_NANOS = 1_000_000;

  private static volatile long late;
  private static volatile long turns;

  static {
    Thread thread = new Thread(Stopwatch::watch, "stopwatch");
    thread.setDaemon(true);
    thread.start();
  }

  private final long began;
  private final long lateThen;

  private Stopwatch(long began, long lateThen) {
    this.began = began;
    this.lateThen = lateThen;
  }

  public static Stopwatch started() {
    awaitTurns(2);
    return new Stopwatch(System.nanoTime(), late);
  }

  /** Since it was started. */
  public Duration elapsed() {
    long now = System.nanoTime();
    // What was late just now is known after the next turn but one.
    awaitTurns(2);
    return Duration.ofNanos(Math.max(0, now - began - (late - lateThen)));
  }

  /** The shortest of as many times as it takes to be within {@code most}, and of 20 at most. */
  public static Duration shortest(Duration most, Runnable work) {
    Duration shortest = null;
    for (int i = 0; i < 20 && (i == 0 || shortest.compareTo(most) > 0); i++) {
      Stopwatch watch = started();
      work.run();
      Duration took = watch.elapsed();
      shortest = i == 0 || took.compareTo(shortest) < 0 ? took : shortest;
    }
    return shortest;
  }

  public boolean isWithin(Duration most) {
    return elapsed().compareTo(most) <= 0;
  }

  private static void awaitTurns(int many) {
    long from = turns;
    while (turns < from + many) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void watch() {
    while (true) {
      long before = System.nanoTime();
      LockSupport.parkNanos(EVERY_NANOS);
      late += Math.max(0, System.nanoTime() - before - EVERY_NANOS - USUAL_NANOS);
      turns++;
    }
  }
}

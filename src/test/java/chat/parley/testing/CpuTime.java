package chat.parley.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** What work costs this thread, whatever else the machine does. */
public final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /**
   * The least of as many times as it takes to be within {@code enough}, and of 20 at most: the
   * first ones are those of code that is not compiled yet.
   */
  public static Duration least(Duration enough, Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20 && least > enough.toNanos(); i++) {
      long begun = THREADS.getCurrentThreadCpuTime();
      work.run();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - begun);
    }
    return Duration.ofNanos(least);
  }
}

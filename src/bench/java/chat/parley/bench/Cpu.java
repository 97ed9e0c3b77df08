package chat.parley.bench;

import java.time.Duration;

/** What a process has used of its core. */
public final class Cpu {
  private Cpu() {}

  /** Processor time of all threads of a process so far, in nanoseconds; 10 ms exact. */
  public static long nanos(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO)
        .toNanos();
  }
}

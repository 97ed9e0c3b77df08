package chat.parley.bench;

import java.time.Duration;

/**
 * What a server and the database have used of their core; exact to 10 ms. Less moved by what else
 * the machine does than any rate is.
 *
 * @param server the server's process
 * @param parley Parley's, of which PostgreSQL's processes descend
 */
public record Cpu(long server, long parley) {
  /** Nanoseconds of processor so far. */
  public record Used(long server, long database) {
    public Used since(Used before) {
      return new Used(server - before.server, database - before.database);
    }
  }

  public Used used() {
    return new Used(
        ProcessHandle.of(server).map(Cpu::nanos).orElse(0L),
        ProcessHandle.of(parley).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(Cpu::nanos)
            .sum());
  }

  private static long nanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}

package chat.parley.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many connections the process can take and still open files, start commands and reach its
 * database: what the system allows, less what is open, less a reserve.
 */
final class Descriptors {
  /** The pool of the database twice, the classes of the jar, a few commands. */
  private static final int RESERVE = 64;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN = Path.of("/proc/self/fd");

  private Descriptors() {}

  /** As many as one likes where the system does not say. */
  static int spare() {
    try (Stream<String> lines = Files.lines(LIMITS);
        Stream<Path> open = Files.list(OPEN)) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> line.split("\\s{2,}")[1])
          .filter(most -> most.matches("[0-9]{1,9}"))
          .mapToInt(most -> Math.max(RESERVE, Integer.parseInt(most) - RESERVE))
          .findFirst()
          .stream()
          .map(most -> Math.max(RESERVE, most - (int) open.count()))
          .findFirst()
          .orElse(Integer.MAX_VALUE);
    } catch (IOException notLinux) {
      return Integer.MAX_VALUE;
    }
  }
}

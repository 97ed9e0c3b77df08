package chat.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM holds.
 *
 * @param rss resident bytes, as the kernel counts them
 * @param heap bytes of objects that are alive
 */
public record Memory(long rss, long heap) {
  /** After a full collection. */
  public static Memory afterCollection(long pid) {
    jcmd(pid, "GC.run");
    // The histogram of living objects makes a collection of its own; its last line is their sum.
    String histogram = jcmd(pid, "GC.class_histogram");
    String[] total = histogram.strip().substring(histogram.strip().lastIndexOf('\n')).split("\\s+");
    return new Memory(rss(pid), Long.parseLong(total[total.length - 1]));
  }

  /** Resident bytes now. */
  public static long rss(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", "" + pid, "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .map(kibibytes -> kibibytes << 10)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs one command of {@code jcmd}; the answer. */
  public static String jcmd(long pid, String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), "" + pid);
      builder.command().addAll(List.of(command));
      Process process = builder.redirectErrorStream(true).start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(answer);
      }
      return answer;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

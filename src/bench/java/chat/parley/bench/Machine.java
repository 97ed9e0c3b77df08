package chat.parley.bench;

import chat.parley.bench.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the figures depend on. */
final class Machine {
  private Machine() {}

  static void describe(Report report, Options options) {
    report.fact("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    report.fact("commit", words("git", "rev-parse", "--short", "HEAD") + changed());
    report.fact("processor", line("/proc/cpuinfo", "model name"));
    report.fact("cores", "" + Pinned.CORES);
    report.fact("memory", line("/proc/meminfo", "MemTotal"));
    report.fact("load before", loadAverage());
    report.fact("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    report.fact(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    report.fact(
        "pinned",
        Pinned.isPinned()
            ? "servers and PostgreSQL on core 0, load on core 1"
            : "no: taskset or a second core is missing");
    report.fact("parley", options.parley().toString());
    if (options.against() != null) {
      report.fact("against", options.against().toString());
    }
    report.fact("flags of every server", String.join(" ", Options.JVM_FLAGS));
    report.fact("windows", options.windows() + " of " + options.seconds() + " s");
  }

  private static String changed() {
    return words("git", "status", "--porcelain").isEmpty() ? "" : ", changed";
  }

  private static String words(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? words.strip() : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String loadAverage() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String line(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}

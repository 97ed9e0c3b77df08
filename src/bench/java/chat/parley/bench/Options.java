package chat.parley.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is asked of a run.
 *
 * @param only the scenarios to run; empty for all
 * @param windows how many windows each variant gets
 * @param seconds how long one is measured
 * @param quick whether this is only to see that everything works: fewer and smaller of all
 * @param parley the server
 * @param against another one to compare it with, or null
 * @param classes where src/bench is compiled to
 */
public record Options(
    List<String> only,
    int windows,
    double seconds,
    boolean quick,
    Served parley,
    Served against,
    Path classes) {

  /**
   * A jar and what it is started with, beside what all are started with.
   *
   * @param audited whether its database keeps the triggers of the audit log, as every server does
   */
  public record Served(Path jar, List<String> settings, boolean audited) {
    @Override
    public String toString() {
      String started = (jar + " " + String.join(" ", settings)).strip();
      return audited ? started : started + " without the triggers of the audit log";
    }
  }

  /** The same for Parley and every baseline. */
  public static final List<String> JVM_FLAGS = List.of(given("flags", "-Xmx1g").split(" +"));

  /**
   * How Parley is started when its start and its size matter: docs/operations.md is to say the
   * same. {@code %s} is the archive, which a first run writes.
   */
  public static final List<String> SMALL_FLAGS =
      List.of("-XX:SharedArchiveFile=%s", "-XX:+UseSerialGC", "-Xms24m");

  /** Writes that archive when the server stops. */
  public static final String ARCHIVE_FLAG = "-XX:ArchiveClassesAtExit=%s";

  /** Reads the system properties that pom.xml passes on; an empty one is not given. */
  public static Options read() {
    boolean quick = given("quick", "false").matches("|true");
    String jar = given("parley.jar", "target/parley.jar");
    boolean audited = !given("against.audit", "on").equals("off");
    boolean alone = audited && (given("against", "") + given("against.settings", "")).isEmpty();
    return new Options(
        List.of(given("bench", "").toUpperCase(Locale.ROOT).split("[, ]+")).stream()
            .filter(id -> !id.isEmpty())
            .toList(),
        Integer.parseInt(given("windows", quick ? "2" : "7")),
        Double.parseDouble(given("seconds", quick ? "0.5" : "2")),
        quick,
        served(jar, "settings", true),
        alone ? null : served(given("against", jar), "against.settings", audited),
        Path.of(given("bench.classes", "target/test-classes")).toAbsolutePath());
  }

  private static Served served(String jar, String settings, boolean audited) {
    return new Served(
        Path.of(jar).toAbsolutePath(),
        Stream.of(given(settings, "").split(" +")).filter(each -> !each.isEmpty()).toList(),
        audited);
  }

  private static String given(String name, String otherwise) {
    String value = System.getProperty(name, "");
    return value.isBlank() ? otherwise : value.strip();
  }

  public boolean wants(String scenario) {
    return only.isEmpty() || only.contains(scenario);
  }

  public long windowNanos() {
    return (long) (seconds * 1e9);
  }

  /** How long each variant works before its first window, for the compiler to settle. */
  public long warmUpNanos() {
    return quick ? 1_000_000_000L : 6_000_000_000L;
  }

  /** What comes before a measured window. */
  public long warmNanos() {
    return windowNanos() / 4;
  }

  /** Windows of what needs a process of its own each time, which takes seconds. */
  public int starts() {
    return quick ? 1 : Math.max(3, windows / 2);
  }
}

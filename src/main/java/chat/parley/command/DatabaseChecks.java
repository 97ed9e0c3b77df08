package chat.parley.command;

import chat.parley.Config;
import chat.parley.Setting;
import chat.parley.persistence.DatabaseHealth;
import chat.parley.persistence.EmbeddedPostgres;
import chat.parley.persistence.Migrations;
import chat.parley.persistence.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the doctor asks the database, and its clock. */
final class DatabaseChecks {
  private static final Duration NOTICEABLE = Duration.ofSeconds(2);
  private static final Duration TOO_MUCH = Duration.ofSeconds(60);

  /** What a server opens at most, with one more while it starts. */
  private static final int OURS = 11;

  private DatabaseChecks() {}

  static List<Finding> of(Config config) {
    Path data = Path.of(config.get(Setting.DATA));
    if (Reach.isOwn(config) && !EmbeddedPostgres.isIn(data)) {
      return List.of(Finding.ok("database", "is made by the first start, in the data folder"));
    }
    try (Reach reach = Reach.existing(config)) {
      return of(DatabaseHealth.of(reach.address()), reach, config);
    } catch (StartFailure | Refused unreachable) {
      return List.of(
          Finding.fail(
              "database",
              unreachable.getMessage(),
              "See docs/operations.md, 'What it says and what to do'."));
    }
  }

  private static List<Finding> of(DatabaseHealth health, Reach reach, Config config) {
    List<Finding> found = new ArrayList<>();
    found.add(
        Finding.ok(
            "database",
            "PostgreSQL "
                + health.version()
                + " at "
                + reach.address()
                + (reach.wasRunning() ? "" : ", started for this")));
    found.add(durability(health, config));
    found.add(schema(health.schema()));
    found.add(clock(health.ahead()));
    if (!Reach.isOwn(config)) {
      found.add(connections(health));
    }
    return found;
  }

  private static Finding durability(DatabaseHealth health, Config config) {
    // Whatever its default is, we set this one ourselves; checksums find damage but lose nothing.
    List<String> lossy =
        health.lossy().stream()
            .filter(each -> !each.startsWith("synchronous_commit") || Reach.isOwn(config))
            .toList();
    if (lossy.isEmpty()) {
      return Finding.ok("durability", "what is confirmed is on the disk");
    }
    boolean loses = lossy.stream().anyMatch(each -> !each.startsWith("data_checksums"));
    return new Finding(
        loses ? Finding.Level.FAIL : Finding.Level.WARN,
        "durability",
        String.join(", ", lossy),
        loses
            ? "A power cut would lose confirmed messages: turn it on."
            : "Damage on the disk is not noticed: pg_checksums --enable, with the database stopped.");
  }

  private static Finding schema(int present) {
    int newest = Migrations.newest();
    if (present > newest) {
      return Finding.fail(
          "schema",
          "version " + present + " is newer than this Parley's " + newest,
          "Use the newer Parley.");
    }
    return present == newest
        ? Finding.ok("schema", "version " + present + ", as this Parley needs it")
        : Finding.warn(
            "schema",
            "version " + present + ", and this Parley needs " + newest,
            "The next start brings it up to date, as 'parley migrate' does; export first.");
  }

  private static Finding clock(Duration ahead) {
    String says = "the database's is " + ahead.toMillis() + " ms ahead of this machine's";
    Duration off = ahead.abs();
    if (off.compareTo(NOTICEABLE) < 0) {
      return Finding.ok("clock", says);
    }
    return new Finding(
        off.compareTo(TOO_MUCH) < 0 ? Finding.Level.WARN : Finding.Level.FAIL,
        "clock",
        says,
        "Let both follow a time server (timedatectl set-ntp true): tokens and links end by the clock.");
  }

  private static Finding connections(DatabaseHealth health) {
    String says = health.connections() + " of " + health.mostConnections() + " are in use";
    return health.mostConnections() - health.connections() >= OURS
        ? Finding.ok("connections", says)
        : Finding.warn(
            "connections", says, "A server takes " + OURS + ": raise max_connections there.");
  }
}

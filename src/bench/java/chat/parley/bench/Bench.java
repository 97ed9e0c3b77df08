package chat.parley.bench;

import chat.parley.bench.report.Report;
import chat.parley.bench.scenario.AdminLists;
import chat.parley.bench.scenario.ConnectStorm;
import chat.parley.bench.scenario.FanOut;
import chat.parley.bench.scenario.HistoryPages;
import chat.parley.bench.scenario.IdleSockets;
import chat.parley.bench.scenario.LargeFiles;
import chat.parley.bench.scenario.LoginStorm;
import chat.parley.bench.scenario.ManyRooms;
import chat.parley.bench.scenario.MixedDay;
import chat.parley.bench.scenario.RoomSize;
import chat.parley.bench.scenario.SearchMessages;
import chat.parley.bench.scenario.SlowAndBig;
import chat.parley.bench.scenario.Starts;
import chat.parley.bench.scenario.WhoAmI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code mvn -Pbench verify}: measures Parley beside its baselines, on this machine alone, and
 * stops. This process is the load; servers run in processes of their own. Results are in {@code
 * target/bench}.
 */
public final class Bench {
  private static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();
  private static final List<Scenario> SCENARIOS =
      List.of(
          new FanOut(),
          new ManyRooms(),
          new IdleSockets(),
          new HistoryPages(),
          new ConnectStorm(),
          new Starts(),
          new MixedDay(),
          new SlowAndBig(),
          new WhoAmI(),
          new LoginStorm(),
          new RoomSize(),
          new LargeFiles(),
          new SearchMessages(),
          new AdminLists());

  private Bench() {}

  public static void main(String[] arguments) {
    Options options = Options.read();
    Pinned.pinSelf();
    Report report = new Report(FOLDER);
    Machine.describe(report, options);
    Path home = FOLDER.resolve("run");
    delete(home);
    boolean broken = false;
    try (Stage stage = new Stage(options, home, report)) {
      for (Scenario each : SCENARIOS) {
        if (options.wants(each.id())) {
          broken |= !run(each, stage);
          report.write();
        }
      }
    }
    delete(home.resolve("data"));
    delete(home.resolve("against"));
    System.out.println("Results: " + FOLDER.resolve("results.md"));
    System.exit(broken || report.isVoid() ? 1 : 0);
  }

  /** A scenario that fails says so and lets the others run. */
  private static boolean run(Scenario scenario, Stage stage) {
    System.out.println(scenario.id() + " " + scenario.title());
    long start = System.nanoTime();
    try {
      scenario.run(stage);
      System.out.println("  took " + (System.nanoTime() - start) / 1_000_000_000 + " s");
      return true;
    } catch (RuntimeException failure) {
      failure.printStackTrace();
      stage.report.invalid(scenario.id(), List.of("broke off: " + failure));
      return false;
    }
  }

  private static void delete(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package chat.parley.bench.scenario;

import chat.parley.bench.Memory;
import chat.parley.bench.Options;
import chat.parley.bench.ParleyServer;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Dialect;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * P6: from the spawn to the answer of /ready and to the first delivery, on data that is there
 * already; plain, and with the flags of {@link Options#SMALL_FLAGS}. Beside it the same PostgreSQL
 * and a bare HTTP server.
 */
public final class Starts implements Scenario {
  private static final String SCENARIO = "P6";
  private static final double MIB = 1 << 20;

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "start to first delivery, and memory at rest";
  }

  /** Times in milliseconds, memory in MiB. */
  private record Start(double ready, double delivered, double rss, double collected) {}

  @Override
  public void run(Stage stage) {
    Seed.Person person = stage.people(1).get(0);
    String room = stage.seed().room("first words", List.of(person)).toString();
    List<String> small = withArchive(stage);
    stage.startBareServer();
    Map<String, Supplier<Start>> variants = new LinkedHashMap<>();
    variants.put("Parley, java -jar", () -> parley(stage, List.of(), person, room));
    variants.put("Parley, with flags", () -> parley(stage, small, person, room));
    variants.put(
        "PostgreSQL and HTTP alone", () -> new Start(stage.startBareServer() / 1e6, 0, 0, 0));
    Map<String, List<Start>> windows =
        Rounds.alternate(
            stage.options.windows(),
            List.copyOf(variants.keySet()),
            name -> variants.get(name).get());
    report(stage, windows);
  }

  /** The flags, once a run on this data has written the archive. */
  private static List<String> withArchive(Stage stage) {
    Path archive = stage.home().resolve("parley.jsa");
    List<String> writing = new ArrayList<>(Options.SMALL_FLAGS);
    writing.set(0, Options.ARCHIVE_FLAG);
    stage.freshParley(filled(writing, archive)).close();
    return filled(Options.SMALL_FLAGS, archive);
  }

  private static List<String> filled(List<String> flags, Path archive) {
    return flags.stream().map(flag -> flag.replace("%s", archive.toString())).toList();
  }

  private static Start parley(Stage stage, List<String> flags, Seed.Person person, String room) {
    try (ParleyServer server = stage.freshParley(flags)) {
      List<String> door = Stage.doors(List.of(person));
      try (Crowd crowd = new Crowd(server.port, Dialect.PARLEY, List.of(room)).open(door)) {
        crowd.sayOnce();
        stage.report.invalid(SCENARIO, crowd.faults());
      }
      double delivered = (System.nanoTime() - server.startedAtNanos) / 1e6;
      double rss = Memory.rss(server.process.pid()) / MIB;
      double collected = Memory.afterCollection(server.process.pid()).rss() / MIB;
      return new Start(server.readyNanos / 1e6, delivered, rss, collected);
    }
  }

  private static void report(Stage stage, Map<String, List<Start>> windows) {
    stage.report.fact("flags of P6", String.join(" ", Options.SMALL_FLAGS));
    Map<String, Figure> ready = figures(stage, windows, "until ready", "ms", Start::ready);
    windows.remove("PostgreSQL and HTTP alone");
    figures(stage, windows, "until the first delivery", "ms", Start::delivered);
    Map<String, Figure> rss = figures(stage, windows, "resident memory at rest", "MiB", Start::rss);
    figures(stage, windows, "resident memory after a collection", "MiB", Start::collected);
    Figure bare = ready.get("PostgreSQL and HTTP alone");
    stage.report.compare(ready.get("Parley, java -jar"), bare, Goal.atMost(1.5));
    stage.report.compare(ready.get("Parley, with flags"), bare, Goal.atMost(1));
    stage.report.check(rss.get("Parley, with flags"), Goal.atMost(150));
  }

  private static Map<String, Figure> figures(
      Stage stage,
      Map<String, List<Start>> windows,
      String metric,
      String unit,
      Function<Start, Double> of) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    windows.forEach(
        (name, starts) ->
            figures.put(
                name,
                stage.report.add(SCENARIO, name, metric, unit, starts.stream().map(of).toList())));
    return figures;
  }
}

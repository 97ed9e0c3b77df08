package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Cpu;
import chat.parley.bench.Pinned;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Dialect;
import chat.parley.bench.load.Heard;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import chat.parley.bench.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * P2: two hundred rooms of five, and all of them talk. What counts is what is stored and
 * acknowledged: first as fast as it goes, then at two thousand messages a second.
 */
public final class ManyRooms implements Scenario {
  private static final int MEMBERS = 5;
  private static final int UNDER_WAY = 2;
  private static final double PACE = 2_000;
  private static final String OTHER_ROOMS = "driven";

  /** One window, of whatever was measured; latencies in milliseconds, processor in µs a message. */
  private record Window(double perSecond, double p50, double p99, double server, double database) {
    static Window of(Heard heard) {
      return new Window(
          heard.acksPerSecond(),
          millis(heard.ack, 50),
          millis(heard.ack, 99),
          heard.serverMicrosPerMessage(),
          heard.databaseMicrosPerMessage());
    }

    /** What a driver says of itself. */
    static Window of(String words, Cpu.Used used) {
      String[] did = words.split(" ");
      return new Window(
          Double.parseDouble(did[0]) * 1e9 / Double.parseDouble(did[1]),
          Double.parseDouble(did[2]) / 1e6,
          Double.parseDouble(did[3]) / 1e6,
          used.server() / 1e3 / Double.parseDouble(did[0]),
          used.database() / 1e3 / Double.parseDouble(did[0]));
    }
  }

  @Override
  public String id() {
    return "P2";
  }

  @Override
  public String title() {
    return "many rooms: everybody speaks";
  }

  @Override
  public void run(Stage stage) {
    int rooms = stage.options.quick() ? 40 : 200;
    int people = rooms * MEMBERS;
    rooms(stage, OTHER_ROOMS, rooms);
    List<String> theirs = Stream.generate(() -> UUID.randomUUID().toString()).limit(rooms).toList();
    try (Stage.Baseline oneByOne = stage.baseline("one-by-one");
        Pinned transaction = stage.driver("commit", OTHER_ROOMS);
        Pinned insert = stage.driver("insert");
        Contenders contenders = new Contenders()) {
      contenders.addParley(stage, UNDER_WAY, people, side -> talking(side, rooms));
      Crowd single = new Crowd(oneByOne.port(), Dialect.PARLEY, theirs).open(Stage.doors(people));
      contenders.add(
          new Contender("one a commit", single, UNDER_WAY, stage.cpu(oneByOne.process())));
      saturated(stage, contenders.all(), transaction, people);
      paced(stage, contenders.all(), insert, people);
    }
  }

  private static List<String> talking(Stage side, int rooms) {
    List<String> ours = rooms(side, "talking", rooms);
    side.seed().settle();
    return ours;
  }

  /** Person i sits in room i modulo the rooms, where socket i of the crowd talks. */
  private static List<String> rooms(Stage stage, String name, int count) {
    List<Seed.Person> people = stage.people(count * MEMBERS);
    List<String> rooms = new ArrayList<>();
    for (int room = 0; room < count; room++) {
      List<Seed.Person> members = new ArrayList<>();
      for (int i = room; i < people.size(); i += count) {
        members.add(people.get(i));
      }
      rooms.add(stage.seed().room(name + " " + room, members).toString());
    }
    return rooms;
  }

  private static void saturated(Stage stage, List<Contender> all, Pinned transaction, int people) {
    String scenario = "P2 saturated";
    long warm = stage.options.warmNanos();
    long measured = stage.options.windowNanos();
    Map<String, Supplier<Window>> variants = new LinkedHashMap<>();
    for (Contender each : all) {
      each.saturated(people, 0, stage.options.warmUpNanos());
      variants.put(each.name(), () -> Window.of(each.saturated(people, warm, measured)));
    }
    drive(stage, transaction, stage.options.warmUpNanos());
    variants.put("transaction alone", () -> drive(stage, transaction, measured));
    Map<String, List<Window>> windows = alternate(stage, all, variants);
    Map<String, Figure> rates =
        report(
            stage.report, scenario, "stored and acknowledged", "1/s", windows, Window::perSecond);
    report(stage.report, scenario, "p50 to the answer", "ms", windows, Window::p50);
    report(stage.report, scenario, "p99 to the answer", "ms", windows, Window::p99);
    report(stage.report, scenario, "processor of the JVM", "µs", windows, Window::server);
    report(stage.report, scenario, "processor of PostgreSQL", "µs", windows, Window::database);
    FanOut.faults(stage.report, scenario, all);
    Figure parley = rates.get("Parley");
    stage.report.compare(parley, rates.get("transaction alone"), Goal.atLeast(0.5));
    stage.report.compare(parley, rates.get("one a commit"), Goal.atLeast(3));
  }

  private static void paced(Stage stage, List<Contender> all, Pinned insert, int people) {
    String scenario = "P2 paced 2,000/s";
    long warm = stage.options.warmNanos();
    long measured = stage.options.windowNanos();
    Map<String, Supplier<Window>> variants = new LinkedHashMap<>();
    for (Contender each : all) {
      variants.put(each.name(), () -> Window.of(each.crowd().paced(people, PACE, warm, measured)));
    }
    drive(stage, insert, stage.options.warmUpNanos());
    variants.put("lone INSERT", () -> drive(stage, insert, measured));
    Map<String, List<Window>> windows = alternate(stage, all, variants);
    report(stage.report, scenario, "p50 to the answer", "ms", windows, Window::p50);
    Map<String, Figure> p99 =
        report(stage.report, scenario, "p99 to the answer", "ms", windows, Window::p99);
    FanOut.faults(stage.report, scenario, all);
    stage.report.compare(p99.get("Parley"), p99.get("lone INSERT"), Goal.atMost(5));
    stage.report.compare(p99.get("Parley"), p99.get("one a commit"), null);
  }

  private static Map<String, List<Window>> alternate(
      Stage stage, List<Contender> all, Map<String, Supplier<Window>> variants) {
    return Rounds.alternate(
        stage.options.windows(),
        List.copyOf(variants.keySet()),
        name -> {
          Crowd.restAll();
          return variants.get(name).get();
        });
  }

  private static Window drive(Stage stage, Pinned driver, long nanos) {
    Cpu cpu = stage.cpu(driver);
    Cpu.Used before = cpu.used();
    driver.tell("window " + nanos);
    String words = driver.await("did", 60);
    return Window.of(words, cpu.used().since(before));
  }

  private static Map<String, Figure> report(
      Report report,
      String scenario,
      String metric,
      String unit,
      Map<String, List<Window>> windows,
      ToDoubleFunction<Window> of) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    windows.forEach(
        (name, values) ->
            figures.put(
                name,
                report.add(
                    scenario,
                    name,
                    metric,
                    unit,
                    values.stream().map(of::applyAsDouble).toList())));
    return figures;
  }
}

package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Cpu;
import chat.parley.bench.Http;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.HttpCrowd;
import chat.parley.bench.load.HttpCrowd.Answered;
import chat.parley.bench.load.HttpCrowd.Ask;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * P4: pages of fifty messages, around the newest and the oldest, of rooms with ever more of them;
 * beside a handler that answers as many bytes without looking anything up.
 */
public final class HistoryPages implements Scenario {
  private static final String SCENARIO = "P4";
  private static final int CONNECTIONS = 32;
  private static final int PAGE = 50;

  /** What a window gave, and what it used with all that led up to it. */
  private record Window(Answered answered, Cpu.Used used) {
    double micros(long nanos) {
      return nanos / 1e3 / Math.max(1, answered.all());
    }
  }

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "pages of history";
  }

  @Override
  public void run(Stage stage) {
    List<Readers> sides = stage.sides().stream().map(Readers::new).toList();
    Readers parley = sides.get(0);
    sides.forEach(Readers::open);
    int size = parley.sizeOfFirst();
    String constant = "constant of " + size + " bytes";
    try (Stage.Baseline bare = stage.bareBaseline("constant");
        HttpCrowd others = new HttpCrowd(bare.port(), CONNECTIONS)) {
      Ask fixed = Ask.get("page", "/" + size, parley.reader.token());
      others.saturated(() -> fixed, 0, stage.options.warmUpNanos());
      Map<String, Supplier<Window>> variants = new LinkedHashMap<>();
      for (String name : parley.asks.keySet()) {
        sides.forEach(each -> variants.put(name + each.side.mark, () -> each.measure(name)));
      }
      Cpu cpu = stage.cpu(bare.process());
      variants.put(constant, () -> measure(stage, others, cpu, () -> fixed));
      Map<String, List<Window>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.copyOf(variants.keySet()),
              name -> variants.get(name).get());
      report(stage, windows, List.copyOf(parley.asks.keySet()), constant);
      stage.report.invalid(SCENARIO, others.faults());
    } finally {
      sides.forEach(Readers::close);
    }
  }

  /** One Parley with its rooms and those who read there. */
  private static final class Readers {
    final Stage side;
    final Seed.Person reader;
    final Map<String, Supplier<Ask>> asks;
    private HttpCrowd clients;

    Readers(Stage side) {
      this.side = side;
      this.reader = side.people(1).get(0);
      this.asks = asks(side, reader);
    }

    /** When the rooms of all are filled, during which a connection would be idle. */
    void open() {
      clients = new HttpCrowd(side.parley().port, CONNECTIONS);
      clients.saturated(first(), 0, side.options.warmUpNanos());
    }

    private Supplier<Ask> first() {
      return asks.values().iterator().next();
    }

    int sizeOfFirst() {
      return Http.get(side.parley().port, path(first().get()), reader.token()).length();
    }

    Window measure(String name) {
      Cpu cpu = side.cpu(side.parley().process);
      return HistoryPages.measure(side, clients, cpu, asks.get(name));
    }

    void close() {
      side.report.invalid(SCENARIO, clients.faults());
      clients.close();
    }
  }

  private static Window measure(Stage stage, HttpCrowd clients, Cpu cpu, Supplier<Ask> ask) {
    Cpu.Used before = cpu.used();
    Answered answered =
        clients.saturated(ask, stage.options.warmNanos(), stage.options.windowNanos());
    return new Window(answered, cpu.used().since(before));
  }

  private static Map<String, Supplier<Ask>> asks(Stage stage, Seed.Person reader) {
    Map<String, Supplier<Ask>> asks = new LinkedHashMap<>();
    List<Integer> sizes =
        stage.options.quick() ? List.of(1_000, 20_000) : List.of(1_000, 100_000, 1_000_000);
    for (int size : sizes) {
      String room = stage.seed().roomWith(reader, size).toString();
      String of = String.format(Locale.ROOT, " of %,d", size);
      asks.put("newest" + of, pages(room, size + 2 - CONNECTIONS, reader));
      asks.put("deepest" + of, pages(room, PAGE + 1, reader));
    }
    stage.seed().settle();
    return asks;
  }

  /**
   * As many different pages as there are connections: the same page, asked for at once, is read
   * once.
   */
  private static Supplier<Ask> pages(String room, int before, Seed.Person reader) {
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      String path =
          "/api/v1/chat/rooms/" + room + "/messages?limit=" + PAGE + "&before=" + (before + i);
      asks.add(Ask.get("page", path, reader.token()));
    }
    int[] next = {0};
    return () -> asks.get(next[0]++ % CONNECTIONS);
  }

  private static String path(Ask ask) {
    return new String(ask.request(), StandardCharsets.UTF_8).split(" ")[1];
  }

  private static void report(
      Stage stage, Map<String, List<Window>> windows, List<String> pages, String constant) {
    Map<String, Figure> rates = new LinkedHashMap<>();
    Map<String, Figure> times = new LinkedHashMap<>();
    windows.forEach(
        (name, values) -> {
          List<Double> rate = values.stream().map(each -> each.answered.perSecond()).toList();
          rates.put(name, stage.report.add(SCENARIO, name, "pages", "1/s", rate));
          List<Double> time = rate.stream().map(each -> 1000 / each).toList();
          times.put(name, stage.report.add(SCENARIO, name, "time a page", "ms", time));
          stage.report.add(
              SCENARIO,
              name,
              "processor of the JVM a page",
              "µs",
              values.stream().map(each -> each.micros(each.used.server())).toList());
          stage.report.add(
              SCENARIO,
              name,
              "processor of PostgreSQL a page",
              "µs",
              values.stream().map(each -> each.micros(each.used.database())).toList());
          stage.report.add(SCENARIO, name, "p50", "ms", percentile(values, 50));
          stage.report.add(SCENARIO, name, "p99", "ms", percentile(values, 99));
        });
    String newest = pages.get(0);
    String deepest = pages.get(pages.size() - 1);
    stage.report.compare(times.get(deepest), times.get(newest), Goal.atMost(1.2));
    stage.report.compare(rates.get(newest), rates.get(constant), Goal.atLeast(0.4));
  }

  private static List<Double> percentile(List<Window> windows, double percentile) {
    return windows.stream().map(each -> millis(each.answered.of("page"), percentile)).toList();
  }
}

package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Cpu;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.HttpCrowd;
import chat.parley.bench.load.HttpCrowd.Answered;
import chat.parley.bench.load.HttpCrowd.Ask;
import chat.parley.bench.report.Goal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * P13: somebody who is in fifty rooms with 1,000,000 messages looks for words of several kinds, one
 * search after the other; half of the rooms are four times as busy as the others.
 */
public final class SearchMessages implements Scenario {
  private static final String SCENARIO = "P13";
  private static final int ROOMS = 50;

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
    return "search among messages";
  }

  @Override
  public void run(Stage stage) {
    Seed.Person reader = stage.people(2).get(0);
    int messages = stage.options.quick() ? 20_000 : 1_000_000;
    Seed seed = stage.seed();
    seed.chatter(rooms(stage), reader, messages);
    double indexing = seed.awaitIndex();
    seed.settle();
    stage.report.add(
        SCENARIO, "Parley", "brought into the index", "1/s", List.of(messages / indexing));
    try (HttpCrowd client = new HttpCrowd(stage.parley().port, 1)) {
      Map<String, Ask> asks = asks(seed, reader);
      asks.forEach((name, ask) -> client.saturated(() -> ask, 0, stage.options.warmUpNanos()));
      Map<String, List<Window>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.copyOf(asks.keySet()),
              name -> measure(stage, client, asks.get(name)));
      windows.forEach((name, values) -> report(stage, name, values));
      stage.report.invalid(SCENARIO, client.faults());
    }
  }

  private static List<UUID> rooms(Stage stage) {
    List<Seed.Person> members = stage.people(2);
    return java.util.stream.IntStream.range(0, ROOMS)
        .mapToObj(i -> stage.seed().room("search " + i, members))
        .toList();
  }

  private static Map<String, Ask> asks(Seed seed, Seed.Person reader) {
    Map<String, Ask> asks = new LinkedHashMap<>();
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("rare word", "quixotry");
    queries.put("seldom word", seed.chatterWord(9_000));
    queries.put("word of one line in a hundred", seed.chatterWord(200));
    queries.put("frequent word", seed.chatterWord(0));
    queries.put("two words", seed.chatterWord(200) + " " + seed.chatterWord(900));
    queries.put("part of a word", "uixot");
    queries.put("Japanese", "東京都庁");
    queries.put("two signs", "東京");
    queries.put("no hit", "interationess");
    queries.put("of one person with a link", "from:me has:link");
    queries.forEach(
        (name, query) -> {
          String path = "/api/v1/chat/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
          asks.put(name + " (" + query + ")", Ask.get("search", path, reader.token()));
        });
    return asks;
  }

  private static Window measure(Stage stage, HttpCrowd client, Ask ask) {
    Cpu cpu = stage.cpu(stage.parley().process);
    Cpu.Used before = cpu.used();
    Answered answered =
        client.saturated(() -> ask, stage.options.warmNanos(), stage.options.windowNanos());
    return new Window(answered, cpu.used().since(before));
  }

  private static void report(Stage stage, String name, List<Window> windows) {
    stage.report.check(
        stage.report.add(SCENARIO, name, "p50", "ms", percentile(windows, 50)), Goal.atMost(50));
    stage.report.check(
        stage.report.add(SCENARIO, name, "p99", "ms", percentile(windows, 99)), Goal.atMost(50));
    stage.report.add(
        SCENARIO,
        name,
        "processor of the JVM a search",
        "µs",
        windows.stream().map(each -> each.micros(each.used.server())).toList());
    stage.report.add(
        SCENARIO,
        name,
        "processor of PostgreSQL a search",
        "µs",
        windows.stream().map(each -> each.micros(each.used.database())).toList());
  }

  private static List<Double> percentile(List<Window> windows, double percentile) {
    return windows.stream().map(each -> millis(each.answered.of("search"), percentile)).toList();
  }
}

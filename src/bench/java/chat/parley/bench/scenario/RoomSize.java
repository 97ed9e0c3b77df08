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
import chat.parley.bench.load.HttpPace;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * P11: one person posts into a room of five thousand, and into one of five, while nobody listens:
 * what a message costs must not grow with the members that a room has.
 */
public final class RoomSize implements Scenario {
  private static final String SCENARIO = "P11";
  private static final double PACE = 200;
  private static final int CONNECTIONS = 16;
  private static final String KIND = "post";

  private record Window(Answered answered, Cpu.Used used) {
    double micros() {
      return (used.server() + used.database()) / 1e3 / Math.max(1, answered.all());
    }
  }

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "posting into a big room";
  }

  @Override
  public void run(Stage stage) {
    int many = stage.options.quick() ? 1_000 : 5_000;
    List<Seed.Person> people = stage.people(many);
    Map<String, Ask> asks = new LinkedHashMap<>();
    for (int size : List.of(many, 5)) {
      String room = stage.seed().room("room of " + size, people.subList(0, size)).toString();
      asks.put(
          "room of " + size,
          Ask.of(
              KIND,
              "POST",
              "/api/v1/chat/rooms/" + room + "/messages",
              people.get(0).token(),
              "{\"text\":\"What a message costs must not grow with the room.\"}"));
    }
    try (HttpCrowd clients =
        new HttpCrowd(stage.parley().port, CONNECTIONS).taking(status -> status == 201)) {
      asks.values().forEach(ask -> paced(clients, ask, stage.options.warmUpNanos()));
      Map<String, List<Window>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.copyOf(asks.keySet()),
              name -> measure(stage, clients, asks.get(name)));
      report(stage, windows, List.copyOf(asks.keySet()));
      stage.report.invalid(SCENARIO, clients.faults());
    }
  }

  private static Answered paced(HttpCrowd clients, Ask ask, long nanos) {
    long start = clients.begin();
    new HttpPace(clients, PACE, number -> ask).runFor(nanos);
    return clients.end(start);
  }

  private static Window measure(Stage stage, HttpCrowd clients, Ask ask) {
    Cpu cpu = stage.cpu(stage.parley().process);
    Cpu.Used before = cpu.used();
    Answered answered = paced(clients, ask, stage.options.windowNanos());
    return new Window(answered, cpu.used().since(before));
  }

  private static void report(Stage stage, Map<String, List<Window>> windows, List<String> names) {
    Map<String, Figure> costs = new LinkedHashMap<>();
    Map<String, Figure> medians = new LinkedHashMap<>();
    windows.forEach(
        (name, values) -> {
          List<Double> micros = values.stream().map(Window::micros).toList();
          costs.put(
              name,
              stage.report.add(
                  SCENARIO, name, "processor of server and database a message", "µs", micros));
          List<Double> p50 =
              values.stream().map(each -> millis(each.answered.of(KIND), 50)).toList();
          medians.put(name, stage.report.add(SCENARIO, name, "p50 to the answer", "ms", p50));
        });
    Goal alike = Goal.atMost(1.2);
    stage.report.compare(costs.get(names.get(0)), costs.get(names.get(1)), alike);
    stage.report.compare(medians.get(names.get(0)), medians.get(names.get(1)), alike);
  }
}

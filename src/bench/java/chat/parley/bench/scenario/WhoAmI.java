package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Cpu;
import chat.parley.bench.Http;
import chat.parley.bench.Pinned;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.HttpCrowd;
import chat.parley.bench.load.HttpCrowd.Answered;
import chat.parley.bench.load.HttpCrowd.Ask;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * P9: {@code GET /auth/me} with a bearer token, the least that asks who is speaking; beside a
 * handler that answers as many bytes to whoever asks.
 */
public final class WhoAmI implements Scenario {
  private static final String SCENARIO = "P9";
  private static final String PATH = "/api/v1/auth/me";
  private static final int CONNECTIONS = 32;
  private static final String ME = "me, with a token";

  private record Window(Answered answered, Cpu.Used used) {}

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "who am I";
  }

  @Override
  public void run(Stage stage) {
    Seed.Person person = stage.people(1).get(0);
    int size = Http.get(stage.parley().port, PATH, person.token()).length();
    String constant = "constant of " + size + " bytes";
    try (Stage.Baseline bare = stage.bareBaseline("constant");
        HttpCrowd parley = new HttpCrowd(stage.parley().port, CONNECTIONS);
        HttpCrowd other = new HttpCrowd(bare.port(), CONNECTIONS)) {
      Ask me = Ask.get("me", PATH, person.token());
      Ask fixed = Ask.get("me", "/" + size, person.token());
      parley.saturated(() -> me, 0, stage.options.warmUpNanos());
      other.saturated(() -> fixed, 0, stage.options.warmUpNanos());
      Map<String, List<Window>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.of(ME, constant),
              name ->
                  name.equals(ME)
                      ? measure(stage, parley, stage.parley().process, me)
                      : measure(stage, other, bare.process(), fixed));
      report(stage, windows, constant);
      stage.report.invalid(SCENARIO, parley.faults());
      stage.report.invalid(SCENARIO, other.faults());
    }
  }

  private static Window measure(Stage stage, HttpCrowd clients, Pinned server, Ask ask) {
    Cpu cpu = stage.cpu(server);
    Cpu.Used before = cpu.used();
    Answered answered =
        clients.saturated(() -> ask, stage.options.warmNanos(), stage.options.windowNanos());
    return new Window(answered, cpu.used().since(before));
  }

  private static void report(Stage stage, Map<String, List<Window>> windows, String constant) {
    Map<String, Figure> rates = new LinkedHashMap<>();
    windows.forEach(
        (name, values) -> {
          List<Double> rate = values.stream().map(each -> each.answered.perSecond()).toList();
          rates.put(name, stage.report.add(SCENARIO, name, "requests", "1/s", rate));
          List<Double> processor =
              values.stream()
                  .map(each -> each.used.server() / 1e3 / Math.max(1, each.answered.all()))
                  .toList();
          stage.report.add(SCENARIO, name, "processor of the JVM a request", "µs", processor);
          List<Double> p99 =
              values.stream().map(each -> millis(each.answered.of("me"), 99)).toList();
          stage.report.add(SCENARIO, name, "p99", "ms", p99);
        });
    stage.report.compare(rates.get(ME), rates.get(constant), Goal.atLeast(0.7));
  }
}

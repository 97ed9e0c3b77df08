package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Memory;
import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Dialect;
import chat.parley.bench.load.Heard;
import chat.parley.bench.load.HttpCrowd;
import chat.parley.bench.load.HttpCrowd.Answered;
import chat.parley.bench.load.HttpCrowd.Ask;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * P10: three hundred people sign in in the same moment, each a password to hash; what those notice
 * who only chat, and what the server holds. Beside it the same chat without them.
 */
public final class LoginStorm implements Scenario {
  private static final String SCENARIO = "P10";
  private static final int LOGINS = 300;
  private static final int READERS = 50;
  private static final int SPEAKERS = 10;
  private static final double PACE = 200;
  private static final double MIB = 1 << 20;

  private long most;

  /** What a window gave; {@code logins} is null where there were none. */
  private record Window(Heard chat, Answered logins) {}

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "a storm of sign-ins";
  }

  @Override
  public void run(Stage stage) {
    List<Seed.Person> people = stage.people(READERS);
    String room = stage.seed().room("storm", people).toString();
    try (HttpCrowd clients =
            new HttpCrowd(stage.parley().port, LOGINS)
                .taking(status -> status == 401 || status == 503);
        Crowd crowd =
            new Crowd(stage.parley().port, Dialect.PARLEY, List.of(room))
                .open(Stage.doors(people))) {
      crowd.saturated(SPEAKERS, 10, 0, stage.options.warmUpNanos());
      storm(stage, crowd, clients);
      long before = Memory.rss(stage.parley().process.pid());
      Map<String, List<Window>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.of("storm", "quiet"),
              name ->
                  name.equals("storm")
                      ? storm(stage, crowd, clients)
                      : new Window(chat(stage, crowd), null));
      report(stage, windows, (most - before) / MIB);
      stage.report.invalid(SCENARIO, crowd.faults());
      stage.report.invalid(SCENARIO, clients.faults());
    }
  }

  private static Heard chat(Stage stage, Crowd crowd) {
    return crowd.paced(SPEAKERS, PACE, stage.options.warmNanos(), stage.options.windowNanos());
  }

  /** All at once when the measured part begins; nobody's name, which costs what anybody's costs. */
  private Window storm(Stage stage, Crowd crowd, HttpCrowd clients) {
    long begins = System.nanoTime() + stage.options.warmNanos();
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      String body = "{\"login\":\"nobody" + i + "\",\"password\":\"not the password\"}";
      asks.add(Ask.of("sign-in", "POST", "/api/v1/auth/login", "none", body));
    }
    long pid = stage.parley().process.pid();
    long start = clients.begin();
    long[] looked = {begins};
    crowd.beside(
        () -> {
          long now = System.nanoTime();
          if (now >= begins) {
            asks.forEach(each -> clients.ask(each, begins));
            asks.clear();
          }
          clients.turn(0);
          if (now - looked[0] > 100_000_000L) {
            looked[0] = now;
            most = Math.max(most, Memory.rss(pid));
          }
        });
    Heard heard = chat(stage, crowd);
    crowd.beside(null);
    return new Window(heard, clients.end(start));
  }

  private static void report(Stage stage, Map<String, List<Window>> windows, double growth) {
    Figure storm = p99(stage, "storm", windows);
    Figure quiet = p99(stage, "quiet", windows);
    stage.report.compare(storm, quiet, Goal.atMost(2));
    stage.report.check(
        stage.report.add(SCENARIO, "storm", "memory more at most", "MiB", List.of(growth)),
        Goal.atMost(100));
    for (String answer : List.of("401", "503")) {
      List<Double> counts =
          windows.get("storm").stream()
              .map(each -> (double) each.logins.of("sign-in " + answer).getTotalCount())
              .toList();
      stage.report.add(SCENARIO, "storm", "of 300 answered " + answer, "", counts);
    }
    List<Double> slowest =
        windows.get("storm").stream()
            .map(each -> millis(each.logins.of("sign-in 401"), 99))
            .toList();
    stage.report.add(SCENARIO, "storm", "p99 of a sign-in that was heard", "ms", slowest);
  }

  private static Figure p99(Stage stage, String variant, Map<String, List<Window>> windows) {
    List<Double> values =
        windows.get(variant).stream().map(each -> millis(each.chat.delivery, 99)).toList();
    return stage.report.add(SCENARIO, variant, "p99 from intended send", "ms", values);
  }
}

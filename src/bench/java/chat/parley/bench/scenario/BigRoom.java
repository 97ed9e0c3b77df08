package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Rounds;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Dialect;
import chat.parley.bench.load.HttpCrowd;
import chat.parley.bench.load.HttpCrowd.Answered;
import chat.parley.bench.load.HttpCrowd.Ask;
import chat.parley.bench.load.HttpPace;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.List;
import java.util.Map;

/**
 * P8, second half: fifty thousand deliveries a second go to a room of five thousand; what somebody
 * notices who only asks who they are, or reads a page. Beside it the same without the deliveries.
 */
final class BigRoom {
  private static final String SCENARIO = "P8 big room";
  private static final double MESSAGES = 10;

  /** So few that nothing is said in a window. */
  private static final double NEXT_TO_NONE = 1e-3;

  private static final double REQUESTS = 50;
  private static final List<String> KINDS = List.of("who am I", "page");

  private BigRoom() {}

  static void run(Stage stage) {
    List<Seed.Person> people = stage.people(stage.options.quick() ? 1_000 : 5_000);
    String room = stage.seed().room("big", people).toString();
    String token = people.get(0).token();
    List<Ask> asks =
        List.of(
            Ask.get(KINDS.get(0), "/api/v1/auth/me", token),
            Ask.get(KINDS.get(1), "/api/v1/chat/rooms/" + room + "/messages?limit=50", token));
    try (HttpCrowd rest = new HttpCrowd(stage.parley().port, 16);
        Crowd crowd =
            new Crowd(stage.parley().port, Dialect.PARLEY, List.of(room))
                .open(Stage.doors(people))) {
      window(stage, crowd, rest, asks, MESSAGES);
      Map<String, List<Answered>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.of("under fan-out", "quiet"),
              name ->
                  window(stage, crowd, rest, asks, name.equals("quiet") ? NEXT_TO_NONE : MESSAGES));
      report(stage, windows);
      stage.report.invalid(SCENARIO, crowd.faults());
      stage.report.invalid(SCENARIO, rest.faults());
    }
  }

  private static Answered window(
      Stage stage, Crowd crowd, HttpCrowd rest, List<Ask> asks, double messages) {
    crowd.beside(new HttpPace(rest, REQUESTS, number -> asks.get((int) (number % asks.size()))));
    long start = rest.begin();
    crowd.paced(10, messages, stage.options.warmNanos(), stage.options.windowNanos());
    crowd.beside(null);
    return rest.end(start);
  }

  private static void report(Stage stage, Map<String, List<Answered>> windows) {
    for (String kind : KINDS) {
      Figure under = p99(stage, kind, "under fan-out", windows);
      Figure quiet = p99(stage, kind, "quiet", windows);
      stage.report.check(under, Goal.atMost(50));
      stage.report.compare(under, quiet, null);
    }
  }

  private static Figure p99(
      Stage stage, String kind, String variant, Map<String, List<Answered>> windows) {
    List<Double> values =
        windows.get(variant).stream().map(each -> millis(each.of(kind), 99)).toList();
    return stage.report.add(SCENARIO, variant, "p99 of " + kind, "ms", values);
  }
}

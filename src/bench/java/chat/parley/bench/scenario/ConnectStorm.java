package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Gathering;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * P5: everybody comes back at once, as after a restart: a thousand sockets with tokens, each
 * registers twenty rooms in one frame and knows where it stands when all twenty heads are there.
 */
public final class ConnectStorm implements Scenario {
  private static final String SCENARIO = "P5";
  private static final int ROOMS_EACH = 20;
  private static final int MEMBERS = 50;

  /** The first storms find nothing compiled: four seconds of work, as elsewhere. */
  private static final int WARMING = 5;

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "connect storm: everybody comes back at once";
  }

  @Override
  public void run(Stage stage) {
    int count = stage.options.quick() ? 200 : 1_000;
    List<Seed.Person> people = stage.people(count);
    List<List<String>> rooms = rooms(stage, people);
    try (Stage.Baseline bare = stage.bareBaseline("broadcast")) {
      List<String> ours = Stage.doors(people);
      List<String> theirs = Stage.doors(count);
      Map<String, List<Histogram>> windows =
          Rounds.alternate(
              WARMING + stage.options.windows(),
              List.of("Parley", "bare sockets"),
              name ->
                  name.equals("Parley")
                      ? storm(stage.parley().port, ours, rooms)
                      : storm(bare.port(), theirs, rooms));
      report(stage, windows);
    }
  }

  /** Person i is in twenty rooms that follow one another, of as many as give each fifty members. */
  private static List<List<String>> rooms(Stage stage, List<Seed.Person> people) {
    int count = people.size() * ROOMS_EACH / MEMBERS;
    List<List<Seed.Person>> members = new ArrayList<>();
    for (int room = 0; room < count; room++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < people.size() * ROOMS_EACH; i++) {
      members.get(i % count).add(people.get(i / ROOMS_EACH));
    }
    List<String> ids = new ArrayList<>();
    for (List<Seed.Person> each : members) {
      ids.add(stage.seed().room("storm " + ids.size(), each).toString());
    }
    List<List<String>> rooms = new ArrayList<>();
    for (int person = 0; person < people.size(); person++) {
      List<String> theirs = new ArrayList<>();
      for (int i = 0; i < ROOMS_EACH; i++) {
        theirs.add(ids.get((person * ROOMS_EACH + i) % count));
      }
      rooms.add(theirs);
    }
    return rooms;
  }

  private static Histogram storm(int port, List<String> targets, List<List<String>> rooms) {
    try (Gathering gathering = new Gathering(port)) {
      return gathering.come(targets, rooms, true, () -> {}).done();
    }
  }

  private static void report(Stage stage, Map<String, List<Histogram>> windows) {
    Map<String, Figure> all = new LinkedHashMap<>();
    windows.forEach(
        (name, storms) -> {
          List<Histogram> kept = storms.subList(WARMING, storms.size());
          all.put(
              name, stage.report.add(SCENARIO, name, "until all caught up", "ms", at(kept, 100)));
          stage.report.add(SCENARIO, name, "p99 until caught up", "ms", at(kept, 99));
          stage.report.add(SCENARIO, name, "p50 until caught up", "ms", at(kept, 50));
        });
    stage.report.check(all.get("Parley"), Goal.atMost(1_000));
    stage.report.compare(all.get("Parley"), all.get("bare sockets"), null);
  }

  private static List<Double> at(List<Histogram> storms, double percentile) {
    return storms.stream().map(storm -> millis(storm, percentile)).toList();
  }
}

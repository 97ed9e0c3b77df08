package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

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
import chat.parley.bench.load.HttpPace;
import chat.parley.bench.report.Figure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * P7: an ordinary day in a minute: three hundred people in sixty rooms, nine tenths of what they do
 * is reading. Of a hundred things: 30 room lists, 40 pages, 20 syncs, 2 read marks over REST; 5
 * messages and 3 times typing over sockets. Beside it, what the same pace costs at a handler that
 * does nothing.
 */
public final class MixedDay implements Scenario {
  private static final String SCENARIO = "P7";
  private static final int ROOMS = 60;
  private static final int PEOPLE = 300;
  private static final int ROOMS_EACH = 5;
  private static final int SAID = 200;
  private static final int CONNECTIONS = 64;
  private static final double PACE = 400;
  private static final double MESSAGES = PACE * 0.05;
  private static final double REQUESTS = PACE * 0.92;
  private static final long TYPING_EVERY = 31;
  private static final String CONSTANT = "constant handler";

  /** One window: what was asked over REST, and what was said; the latter not of the baseline. */
  private record Window(Answered answered, Heard heard) {}

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "mixed day: mostly reading, at a steady pace";
  }

  @Override
  public void run(Stage stage) {
    List<Seed.Person> people = stage.people(PEOPLE);
    List<String> rooms = rooms(stage, people);
    List<Ask> asks = asks(people, rooms);
    try (Stage.Baseline bare = stage.bareBaseline("constant");
        HttpCrowd rest = new HttpCrowd(stage.parley().port, CONNECTIONS);
        HttpCrowd constant = new HttpCrowd(bare.port(), CONNECTIONS);
        Crowd crowd =
            new Crowd(stage.parley().port, Dialect.PARLEY, rooms).open(Stage.doors(people))) {
      ours(stage, crowd, rest, asks, rooms, stage.options.warmUpNanos());
      theirs(constant, stage.options.warmUpNanos());
      Map<String, List<Window>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.of("Parley", CONSTANT),
              name -> {
                Crowd.restAll();
                return name.equals("Parley")
                    ? ours(stage, crowd, rest, asks, rooms, stage.options.windowNanos())
                    : theirs(constant, stage.options.windowNanos());
              });
      report(stage, windows);
      stage.report.invalid(SCENARIO, crowd.faults());
      stage.report.invalid(SCENARIO, rest.faults());
      stage.report.invalid(SCENARIO, constant.faults());
    }
  }

  /**
   * Person i is in the room i modulo the rooms, where their socket listens, and in four after it.
   */
  private static List<String> rooms(Stage stage, List<Seed.Person> people) {
    List<String> rooms = new ArrayList<>();
    for (int room = 0; room < ROOMS; room++) {
      List<Seed.Person> members = new ArrayList<>();
      for (int i = 0; i < people.size(); i++) {
        if (Math.floorMod(room - i, ROOMS) < ROOMS_EACH) {
          members.add(people.get(i));
        }
      }
      String name = "day " + room;
      UUID id = stage.seed().room(name, members);
      stage.seed().messages(id, members.get(0), SAID);
      rooms.add(id.toString());
    }
    stage.seed().settle();
    return rooms;
  }

  /** The requests of the day, in an order that mixes kinds, people and rooms. */
  private static List<Ask> asks(List<Seed.Person> people, List<String> rooms) {
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < people.size() * 92; i++) {
      int person = i * 7 % people.size();
      String token = people.get(person).token();
      String room = "/api/v1/chat/rooms/" + rooms.get((person + i % ROOMS_EACH) % ROOMS);
      int members = people.size() * ROOMS_EACH / ROOMS;
      int kind = i * 37 % 92;
      if (kind < 30) {
        asks.add(Ask.get("room list", "/api/v1/chat/rooms", token));
      } else if (kind < 70) {
        asks.add(Ask.get("page", room + "/messages?limit=50", token));
      } else if (kind < 90) {
        asks.add(Ask.get("sync", room + "/sync?since=" + (1 + members + SAID - 20), token));
      } else {
        asks.add(Ask.of("read mark", "PUT", room + "/read", token, "{\"seq\":" + SAID + "}"));
      }
    }
    return asks;
  }

  private static Window ours(
      Stage stage, Crowd crowd, HttpCrowd rest, List<Ask> asks, List<String> rooms, long nanos) {
    HttpPace pace =
        new HttpPace(
            rest,
            REQUESTS,
            number -> {
              if (number % TYPING_EVERY == 0) {
                type(crowd, rooms, (int) (number / TYPING_EVERY));
              }
              return asks.get((int) (number % asks.size()));
            });
    crowd.beside(pace);
    long start = rest.begin();
    Heard heard = crowd.paced(PEOPLE, MESSAGES, 0, nanos);
    crowd.beside(null);
    return new Window(rest.end(start), heard);
  }

  private static void type(Crowd crowd, List<String> rooms, int number) {
    int person = number * 11 % PEOPLE;
    String frame =
        "{\"type\":\"send\",\"address\":\"room."
            + rooms.get(person % ROOMS)
            + "\",\"body\":{\"type\":\"typing\"}}";
    crowd.swarm().send(crowd.swarm().sockets().get(person), frame.getBytes(StandardCharsets.UTF_8));
  }

  private static Window theirs(HttpCrowd constant, long nanos) {
    Ask ask = Ask.get(CONSTANT, "/10000", "");
    long start = constant.begin();
    new HttpPace(constant, REQUESTS, number -> ask).runFor(nanos);
    return new Window(constant.end(start), null);
  }

  private static void report(Stage stage, Map<String, List<Window>> windows) {
    Map<String, List<Histogram>> kinds = new LinkedHashMap<>();
    for (String kind : List.of("room list", "page", "sync", "read mark")) {
      kinds.put(kind, windows.get("Parley").stream().map(w -> w.answered().of(kind)).toList());
    }
    kinds.put("message", windows.get("Parley").stream().map(w -> w.heard().ack).toList());
    kinds.put("delivery", windows.get("Parley").stream().map(w -> w.heard().delivery).toList());
    kinds.put(
        CONSTANT, windows.get(CONSTANT).stream().map(w -> w.answered().of(CONSTANT)).toList());
    Map<String, Figure> p99 = new LinkedHashMap<>();
    kinds.forEach(
        (kind, histograms) -> {
          stage.report.add(SCENARIO, kind, "p50", "ms", at(histograms, 50));
          p99.put(kind, stage.report.add(SCENARIO, kind, "p99", "ms", at(histograms, 99)));
        });
    p99.forEach(
        (kind, figure) -> {
          if (!kind.equals(CONSTANT)) {
            stage.report.compare(figure, p99.get(CONSTANT), null);
          }
        });
  }

  private static List<Double> at(List<Histogram> histograms, double percentile) {
    return histograms.stream().map(each -> millis(each, percentile)).toList();
  }
}

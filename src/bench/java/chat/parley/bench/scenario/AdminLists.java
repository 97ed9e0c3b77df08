package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Seed;
import chat.parley.bench.Stage;
import chat.parley.bench.load.HttpCrowd;
import chat.parley.bench.load.HttpCrowd.Answered;
import chat.parley.bench.load.HttpCrowd.Ask;
import chat.parley.bench.report.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * P14: an administrator opens the first page of lists over 1,000,000 messages and 5,000 people, in
 * every order and by every filter that the panel offers for them, one after the other. Each look is
 * noted in the audit log before it is answered, as always.
 */
public final class AdminLists implements Scenario {
  private static final String SCENARIO = "P14";
  private static final int ROOMS = 50;

  @Override
  public String id() {
    return SCENARIO;
  }

  @Override
  public String title() {
    return "lists of administrators";
  }

  @Override
  public void run(Stage stage) {
    boolean quick = stage.options.quick();
    List<Seed.Person> people = stage.people(quick ? 100 : 5_000);
    Seed.Person admin = people.get(0);
    Seed seed = stage.seed();
    seed.administrator(admin);
    List<UUID> rooms =
        IntStream.range(0, ROOMS)
            .mapToObj(i -> seed.room("listed " + i, people.subList(0, 10)))
            .toList();
    seed.chatter(rooms, admin, quick ? 20_000 : 1_000_000);
    seed.awaitIndex();
    seed.settle();
    Map<String, Ask> asks = asks(seed, admin, rooms.get(0));
    try (HttpCrowd client = new HttpCrowd(stage.parley().port, 1)) {
      asks.forEach((name, ask) -> client.saturated(() -> ask, 0, stage.options.warmUpNanos()));
      Map<String, List<Answered>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.copyOf(asks.keySet()),
              name ->
                  client.saturated(
                      () -> asks.get(name),
                      stage.options.warmNanos(),
                      stage.options.windowNanos()));
      windows.forEach((name, values) -> report(stage, name, values));
      stage.report.invalid(SCENARIO, client.faults());
    }
  }

  /** Everything that the models of messages, people, rooms, members and sessions offer. */
  private static Map<String, Ask> asks(Seed seed, Seed.Person admin, UUID room) {
    String inRoom = "messages?filter=room:" + room;
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put("messages, by place", "messages?sort=place");
    paths.put("messages, newest room first", "messages?sort=-place");
    paths.put("messages of a room, newest first", inRoom);
    paths.put("messages of a room, oldest first", inRoom + "&sort=place");
    paths.put("messages by client's id", "messages?filter=clientId:" + room);
    paths.put("messages of a person", "messages?filter=sender:" + admin.id());
    paths.put("messages of another person", "messages?filter=sender:" + room);
    paths.put("messages of a person in a room", inRoom + "&filter=sender:" + admin.id());
    paths.put("deleted messages of a room", inRoom + "&filter=state:deleted");
    paths.put("edited messages", "messages?filter=state:edited");
    paths.put("pinned messages", "messages?filter=state:pinned");
    paths.put("a frequent word in a room", inRoom + "&q=" + seed.chatterWord(0));
    paths.put("a rare word in a room", inRoom + "&q=quixotry");
    paths.put("a rare word", "messages?q=quixotry");
    paths.put("users, newest first", "users");
    paths.put("users by user name", "users?sort=username");
    paths.put("users by display name", "users?sort=name");
    paths.put("users by the beginning of a name", "users?filter=username:p0000");
    paths.put("users found", "users?q=person");
    paths.put("administrators", "users?filter=role:admin");
    paths.put("disabled users", "users?filter=state:disabled");
    paths.put("rooms, newest first", "chat-rooms");
    paths.put("rooms by name", "chat-rooms?sort=name");
    paths.put("rooms of a kind", "chat-rooms?filter=kind:group");
    paths.put("rooms found", "chat-rooms?q=listed");
    paths.put("members of a room", "members?filter=room:" + room);
    paths.put("rooms of a person", "members?filter=user:" + admin.id());
    paths.put("sessions, newest first", "sessions");
    paths.put("sessions of a person", "sessions?filter=user:" + admin.id());
    paths.put("audit log, newest first", "audit-log");
    paths.put("audit log of a person", "audit-log?filter=actor:" + admin.id());
    Map<String, Ask> asks = new LinkedHashMap<>();
    paths.forEach(
        (name, path) -> asks.put(name, Ask.get("list", "/api/v1/admin/" + path, admin.token())));
    return asks;
  }

  private static void report(Stage stage, String name, List<Answered> windows) {
    for (int percentile : List.of(50, 99)) {
      List<Double> values =
          windows.stream().map(each -> millis(each.of("list"), percentile)).toList();
      stage.report.check(
          stage.report.add(SCENARIO, name, "p" + percentile, "ms", values), Goal.atMost(20));
    }
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far people have read: it only rises, and everybody is told the same. */
class ReadMarksIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static void read(Person who, String room, long seq) {
    Person.Answer answer =
        who.put("/chat/rooms/" + room + "/read", new JsonObject().put("seq", seq));
    assertEquals(200, answer.status(), answer.body()::encode);
  }

  private static TreeMap<String, Long> marks(Person reader, String room, int limit) {
    TreeMap<String, Long> marks = new TreeMap<>();
    String after = "";
    do {
      JsonObject page =
          reader.get("/chat/rooms/" + room + "/read-marks?limit=" + limit + after).body();
      page.getJsonArray("items").stream()
          .map(JsonObject.class::cast)
          .forEach(each -> marks.put(each.getString("userId"), each.getLong("readSeq")));
      after = page.containsKey("next") ? "&after=" + page.getString("next") : null;
    } while (after != null);
    return marks;
  }

  private static void awaitSeen(BusSocket socket, String room, Person reader, long seq) {
    Await.until(
        reader.name() + " has read " + seq,
        () ->
            socket.heard(room, "read").stream()
                .anyMatch(
                    each ->
                        each.getString("userId").equals(reader.id())
                            && each.getLong("seq") == seq));
  }

  @Test
  void membersSeeHowFarTheOthersHaveRead() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person eve = server.person("eve");
    String room = ann.room("group", bob);
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    for (int i = 0; i < 3; i++) {
      ann.say(room, "message");
    }
    read(bob, room, 2);
    awaitSeen(socket, room, bob, 2);
    read(bob, room, 1);
    read(bob, room, 99);
    awaitSeen(socket, room, bob, 3);
    assertEquals(
        List.of(2L, 3L),
        socket.heard(room, "read").stream().map(each -> each.getLong("seq")).toList(),
        "a mark that does not rise is not told");
    TreeMap<String, Long> expected = new TreeMap<>();
    expected.put(ann.id(), 3L);
    expected.put(bob.id(), 3L);
    assertEquals(expected, marks(bob, room, 50));
    assertEquals(expected, marks(ann, room, 1));
    String path = "/chat/rooms/" + room + "/read-marks";
    assertEquals(404, eve.get(path).status());
    assertEquals(404, eve.get(path + "?after=" + ann.id()).status());
    assertEquals(404, eve.get("/chat/rooms/" + eve.id() + "/read-marks").status());
    assertEquals(403, eve.get("/chat/rooms/" + ann.room("public") + "/read-marks").status());
    assertEquals(204, bob.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(404, bob.get(path).status());
    assertEquals(1, marks(ann, room, 50).size());
  }

  @Test
  void inRoomsOfMoreThanAHundredNobodyIsTold() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String large = ann.room("group", bob);
    String small = ann.room("group", bob);
    server.sql("update room_heads set member_count = 101 where room_id = '" + large + "'");
    BusSocket socket = ann.socket();
    socket.registerRoom(large);
    socket.registerRoom(small);
    ann.say(large, "one");
    ann.say(small, "one");
    read(bob, large, 1);
    read(bob, small, 1);
    awaitSeen(socket, small, bob, 1);
    assertEquals(List.of(), socket.heard(large, "read"));
    assertEquals(1, marks(ann, large, 50).get(bob.id()), "it can be asked for");
  }

  /** I13: whatever comes at once, the mark is the highest, and every device is told the same. */
  @Test
  void racedMarksEndAtTheHighestOnEveryDevice() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    for (int i = 0; i < 20; i++) {
      ann.say(room, "message " + i);
    }
    List<BusSocket> devices = List.of(bob.socket(), bob.socket());
    devices.forEach(device -> device.register("user." + bob.id()));
    long since = bob.get("/chat/rooms?since=0").body().getLong("version");
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long seq = 1 + (i * 7) % 19;
      JsonObject body = new JsonObject().put("type", "read").put("seq", seq);
      answers.add(devices.get(i % 2).ask(room, body));
    }
    bob.patch("/chat/rooms/" + room + "/me", new JsonObject().put("unread", true));
    for (Future<JsonObject> answer : answers) {
      JsonObject mark = Await.get(answer).getJsonObject("body");
      assertEquals(20, mark.getLong("readSeq") + mark.getLong("unread"));
    }
    read(bob, room, 20);
    JsonObject mine = bob.get("/chat/rooms?since=" + since).body();
    JsonObject place = mine.getJsonArray("items").getJsonObject(0).getJsonObject("me");
    assertEquals(20, place.getLong("readSeq"));
    assertEquals(0, place.getLong("unread"));
    assertTrue(!place.containsKey("markedUnread"), place::encode);
    assertEquals(20, mine.getJsonArray("heads").getJsonObject(0).getLong("readSeq"));
    long last = mine.getLong("version");
    devices.forEach(device -> assertToldInOrder(device, bob, since, last));
  }

  private static void assertToldInOrder(BusSocket device, Person who, long since, long last) {
    TreeMap<Long, JsonObject> told = new TreeMap<>();
    Await.until(
        "every change of one's own was told",
        () -> {
          device.frames().stream()
              .filter(frame -> ("user." + who.id()).equals(frame.getString("address")))
              .map(frame -> frame.getJsonObject("body"))
              .filter(body -> !body.getString("type").equals("head"))
              .forEach(body -> told.put(body.getLong("version"), body));
          return told.size() == last - since;
        });
    assertEquals(
        LongStream.rangeClosed(since + 1, last).boxed().toList(), List.copyOf(told.keySet()));
    long mark = 0;
    for (JsonObject event : told.values()) {
      if (event.getString("type").equals("read")) {
        assertTrue(event.getLong("readSeq") >= mark, told::toString);
        mark = event.getLong("readSeq");
      }
    }
    assertEquals(20, mark);
  }
}

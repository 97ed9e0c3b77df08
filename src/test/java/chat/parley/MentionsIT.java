package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom a message calls: they are told, it is counted, and nobody else learns anything by it. */
class MentionsIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static Set<String> called(JsonObject message) {
    return message.getJsonArray("mentions", new JsonArray()).stream()
        .map(String.class::cast)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> ids(Person... people) {
    return List.of(people).stream().map(Person::id).collect(Collectors.toCollection(TreeSet::new));
  }

  /** As the room itself says, which is what its line in the list says too. */
  private static long count(Person who, String room) {
    JsonObject head =
        who.get("/chat/rooms?since=0").body().getJsonArray("heads").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("roomId").equals(room))
            .findFirst()
            .orElseThrow();
    long count = who.get("/chat/rooms/" + room).body().getJsonObject("me").getLong("mentions");
    assertEquals(head.getLong("mentions"), count);
    return count;
  }

  private static List<String> inbox(Person who, int limit) {
    List<String> texts = new ArrayList<>();
    String before = "";
    do {
      JsonObject page = who.get("/chat/mentions?limit=" + limit + before).body();
      page.getJsonArray("items").stream()
          .map(JsonObject.class::cast)
          .forEach(item -> texts.add(item.getJsonObject("message").getString("text")));
      assertTrue(page.getJsonArray("items").size() <= limit);
      before = page.containsKey("next") ? "&before=" + page.getString("next") : null;
    } while (before != null);
    return texts;
  }

  private static List<JsonObject> told(BusSocket socket, Person who) {
    return socket.frames().stream()
        .filter(frame -> ("user." + who.id()).equals(frame.getString("address")))
        .map(frame -> frame.getJsonObject("body"))
        .filter(body -> body.getString("type").equals("mention"))
        .toList();
  }

  private static long version(Person who) {
    return who.get("/chat/rooms?since=0").body().getLong("version");
  }

  private static void read(Person who, String room, long seq) {
    assertEquals(
        200, who.put("/chat/rooms/" + room + "/read", new JsonObject().put("seq", seq)).status());
  }

  @Test
  void namedMembersAreToldAndNobodyElse() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person cat = server.person("cat");
    Person eve = server.person("eve");
    String room = ann.room("group", bob, cat);
    BusSocket bobs = bob.socket();
    bobs.register("user." + bob.id());
    BusSocket hears = cat.socket();
    hears.registerRoom(room);
    long bobVersion = version(bob);
    long catVersion = version(cat);
    long eveVersion = version(eve);

    JsonObject message = ann.say(room, "@Bob, @eve and @nobody, says @ann: `@cat` is code.");
    assertEquals(ids(ann, bob), called(message), "members whom it names, whoever they are");
    assertNull(message.getValue("mentionsRoom"));
    Await.until("it is heard", () -> !hears.heard(room, "message").isEmpty());
    assertEquals(message, hears.heard(room, "message").get(0).getJsonObject("message"));
    Await.until("bob is told", () -> !told(bobs, bob).isEmpty());
    assertEquals(
        new JsonObject()
            .put("type", "mention")
            .put("version", bobVersion + 1)
            .put("roomId", room)
            .put("seq", 1),
        told(bobs, bob).get(0));
    assertEquals(catVersion, version(cat));
    assertEquals(eveVersion, version(eve));
    assertEquals(
        List.of(1L, 0L, 0L), List.of(count(bob, room), count(cat, room), count(ann, room)));

    ann.say(room, "nobody is called");
    ann.say(room, "@bob once more");
    assertEquals(2, count(bob, room));
    read(bob, room, 2);
    assertEquals(1, count(bob, room), "what is read no longer counts");
    bob.say(room, "here, @bob");
    assertEquals(0, count(bob, room), "who answers has read, and calls themselves for nothing");
    assertEquals(List.of("@bob once more", message.getString("text")), inbox(bob, 1));
    assertEquals(List.of(), inbox(ann, 50));
    assertEquals(List.of(), inbox(eve, 50));
    assertEquals(400, bob.get("/chat/mentions?before=nonsense").status());
    assertEquals(204, bob.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(List.of(), inbox(bob, 50), "I10: who left sees no more");
  }

  @Test
  void roomIsCalledByItsModeratorsAlone() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person cat = server.person("cat");
    String room = ann.room("group", bob, cat);
    long version = version(cat);
    JsonObject vain = bob.say(room, "hear me, @room");
    assertNull(vain.getValue("mentionsRoom"));
    assertEquals(0, count(cat, room));
    JsonObject call = ann.say(room, "@room and @bob, hear me");
    assertTrue(call.getBoolean("mentionsRoom"));
    assertEquals(
        List.of(1L, 1L, 0L), List.of(count(bob, room), count(cat, room), count(ann, room)));
    assertEquals(version, version(cat), "no row a member, and no version");
    assertEquals(List.of("@room and @bob, hear me"), inbox(cat, 50));
    assertEquals(List.of("@room and @bob, hear me"), inbox(bob, 50), "once");
    assertEquals(List.of(), inbox(ann, 50));
    String direct = ann.room("direct", bob);
    assertNull(ann.say(direct, "@room").getValue("mentionsRoom"));
    assertEquals(ids(bob), called(ann.say(direct, "@bob")));
    assertEquals(1, count(bob, direct));
    read(cat, room, 2);
    assertEquals(0, count(cat, room));

    Person dan = server.person("dan");
    server.sql("update rooms set history = 'joined' where id = '" + room + "'");
    assertEquals(200, ann.put("/chat/rooms/" + room + "/members/" + dan.id(), null).status());
    server.sql("update read_marks set read_seq = 0 where user_id = '" + dan.id() + "'");
    assertEquals(0, count(dan, room), "I11: what was said before they came calls nobody");
    assertEquals(List.of(), inbox(dan, 50));
    ann.say(room, "@dan and @room");
    assertEquals(1, count(dan, room));
    assertEquals(List.of("@dan and @room"), inbox(dan, 50));
  }

  @Test
  void whoBlockedTheAuthorIsNotCalledAndTheAuthorCannotTell() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    server.sql(
        "insert into blocks (user_id, blocked_id) values ('%s', '%s')"
            .formatted(bob.id(), ann.id()));
    long version = version(bob);
    assertEquals(ids(bob), called(ann.say(room, "@bob @room")));
    assertEquals(0, count(bob, room));
    assertEquals(List.of(), inbox(bob, 50));
    assertEquals(version, version(bob));
  }

  @Test
  void otherWordsCallOtherPeopleAndNoWordsNobody() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person cat = server.person("cat");
    String room = ann.room("group", bob, cat);
    String message = "/chat/rooms/" + room + "/messages/1";
    ann.say(room, "@bob, hear me");
    long bobVersion = version(bob);
    long catVersion = version(cat);
    BusSocket cats = cat.socket();
    cats.register("user." + cat.id());
    JsonObject edited = ann.patch(message, new JsonObject().put("text", "@cat, hear me")).body();
    assertEquals(ids(cat), called(edited.getJsonObject("message")));
    assertEquals(List.of(0L, 1L), List.of(count(bob, room), count(cat, room)));
    assertEquals(List.of(), inbox(bob, 50));
    assertEquals(List.of("@cat, hear me"), inbox(cat, 50));
    Await.until("cat is told", () -> !told(cats, cat).isEmpty());
    assertEquals(List.of(bobVersion, catVersion + 1), List.of(version(bob), version(cat)));
    ann.patch(message, new JsonObject().put("text", "@cat and @room, hear me"));
    assertEquals(catVersion + 1, version(cat), "nobody is called twice");
    assertEquals(List.of(1L, 1L), List.of(count(bob, room), count(cat, room)));
    assertEquals(200, ann.delete(message).status());
    assertEquals(List.of(0L, 0L), List.of(count(bob, room), count(cat, room)));
    assertEquals(List.of(), inbox(cat, 50), "I12: a message taken back calls nobody");
    assertEquals("0", server.query("select count(*) from mentions"));
    String twice = ann.room("group", bob);
    ann.say(room, "@bob and @cat");
    JsonObject wish = new JsonObject().put("roomId", twice);
    JsonObject repeated = ann.post("/chat/rooms/" + room + "/messages/2/forward", wish).body();
    assertEquals(Set.of(), called(repeated.getJsonObject("message")), "repeated words call nobody");
    assertEquals(0, count(bob, twice));
  }

  /**
   * The versions that a batch gives are those of the events; with marks and places set meanwhile.
   */
  @Test
  void racedMentionsAreCountedOnceAndToldInOrder() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person cat = server.person("cat");
    String room = ann.room("group", bob, cat);
    String other = bob.room("group", ann, cat);
    List<BusSocket> devices = List.of(cat.socket(), cat.socket());
    devices.forEach(device -> device.register("user." + cat.id()));
    BusSocket anns = ann.socket();
    BusSocket bobs = bob.socket();
    long since = version(cat);
    List<Future<JsonObject>> said = new ArrayList<>();
    List<Future<JsonObject>> marks = new ArrayList<>();
    String again = UUID.randomUUID().toString();
    for (int i = 0; i < 40; i++) {
      said.add(anns.say(i % 2 == 0 ? room : other, "@cat and @bob, " + i));
      said.add(bobs.say(i % 2 == 0 ? other : room, "@ann and @cat, " + i));
      JsonObject repeated =
          new JsonObject().put("type", "message").put("clientId", again).put("text", "@cat, once");
      said.add(anns.ask(room, repeated));
      marks.add(devices.get(i % 2).ask(room, new JsonObject().put("type", "read").put("seq", i)));
    }
    said.forEach(each -> assertEquals("rec", Await.get(each).getString("type")));
    marks.forEach(each -> assertEquals("rec", Await.get(each).getString("type")));
    read(cat, room, 41);
    read(cat, other, 40);
    assertEquals(0, count(cat, room) + count(cat, other));
    assertEquals(81, inbox(cat, 200).size());
    assertEquals(81, inbox(cat, 7).size());
    assertEquals(40, inbox(bob, 200).size());
    long last = version(cat);
    for (BusSocket device : devices) {
      TreeSet<Long> versions = new TreeSet<>();
      Await.until(
          "every version was told",
          () -> {
            device.frames().stream()
                .filter(frame -> ("user." + cat.id()).equals(frame.getString("address")))
                .map(frame -> frame.getJsonObject("body"))
                .filter(body -> !body.getString("type").equals("head"))
                .forEach(body -> versions.add(body.getLong("version")));
            return versions.size() == last - since;
          });
      assertEquals(LongStream.rangeClosed(since + 1, last).boxed().toList(), List.copyOf(versions));
      List<JsonObject> mentions = told(device, cat);
      assertEquals(81, mentions.size());
      assertEquals(
          81,
          mentions.stream()
              .map(each -> each.getString("roomId") + each.getLong("seq"))
              .distinct()
              .count());
    }
  }

  @Test
  void countsEndAtAHundredAndPagesPassWhatIsNoLongerMine() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    String left = ann.room("group", bob);
    ann.say(room, "@bob, the first");
    for (String each : List.of(room, left)) {
      server.sql(
          """
          with m as (
            insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
            select h.room_key, s, s + 1000, gen_random_uuid(), '%s', '@bob ' || s, s, now() + s * interval '1 ms'
            from room_heads h, generate_series(2, %d) s where h.room_id = '%s' returning *)
          insert into mentions select '%s', room_key, seq, sent_at from m
          """
              .formatted(ann.id(), each.equals(left) ? 1_200 : 150, each, bob.id()));
      server.sql(
          "update room_heads set last_seq = 1200, version = 3000 where room_id = '" + each + "'");
    }
    assertEquals(100, count(bob, room));
    assertEquals(204, bob.post("/chat/rooms/" + left + "/leave", null).status());
    JsonObject first = bob.get("/chat/mentions?limit=50").body();
    assertEquals(0, first.getJsonArray("items").size(), "all that was looked at is not theirs");
    assertFalse(first.getString("next").isEmpty());
    List<String> all = inbox(bob, 50);
    assertEquals(150, all.size());
    assertEquals("@bob 150", all.get(0));
    assertEquals("@bob, the first", all.get(149));
  }
}

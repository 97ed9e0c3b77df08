package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a room keeps in sight, and the way to a message long ago. */
class PinsIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static int people;

  private static Person person(String name) {
    return server.person(name + ++people);
  }

  private static String pin(String room, long seq) {
    return "/chat/rooms/" + room + "/messages/" + seq + "/pin";
  }

  private static List<Long> seqs(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(each -> ((JsonObject) each).getLong("seq"))
        .toList();
  }

  private static List<Long> pinned(Person reader, String room) {
    return seqs(reader.get("/chat/rooms/" + room + "/pins").body());
  }

  @Test
  void newestPinComesFirstAndAllHearOfIt() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    assertEquals(List.of(), pinned(bob, room));
    List.of("one", "two", "three").forEach(text -> bob.say(room, text));
    Replica replica = new Replica(bob, room, bob.socket());
    for (long seq : List.of(2L, 1L, 3L)) {
      Answer answer = ann.put(pin(room, seq), null);
      assertEquals(200, answer.status());
      assertTrue(answer.body().getJsonObject("message").containsKey("pinnedAt"));
      assertFalse(answer.body().getJsonObject("message").containsKey("editedAt"));
      assertEquals(answer.body(), ann.put(pin(room, seq), null).body());
    }
    assertEquals(List.of(3L, 1L, 2L), pinned(bob, room));
    Answer off = ann.delete(pin(room, 1));
    assertFalse(off.body().getJsonObject("message").containsKey("pinnedAt"));
    assertEquals(off.body(), ann.delete(pin(room, 1)).body());
    assertEquals(List.of(3L, 2L), pinned(bob, room));
    ann.put("/chat/rooms/" + room + "/messages/3/reactions/%F0%9F%91%8D", null);
    JsonObject pins = ann.get("/chat/rooms/" + room + "/pins").body();
    assertTrue(pins.getJsonObject("mine").containsKey("3"), pins::encode);
    Await.until(
        "bob's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(bob, room)));
  }

  @Test
  void moderatorsPinAndBothPeopleOfADirectRoom() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person eve = person("eve");
    String room = ann.room("group", bob);
    ann.say(room, "hello");
    assertEquals(403, bob.put(pin(room, 1), null).status());
    assertEquals(404, eve.put(pin(room, 1), null).status());
    assertEquals(404, eve.get("/chat/rooms/" + room + "/pins").status());
    assertEquals(404, ann.put(pin(room, 2), null).status());
    ann.put(pin(room, 1), null);
    assertEquals(403, bob.delete(pin(room, 1)).status());
    String direct = ann.room("direct", bob);
    ann.say(direct, "hello");
    assertEquals(200, bob.put(pin(direct, 1), null).status());
    assertEquals(200, ann.delete(pin(direct, 1)).status());
    server.sql("update rooms set archived_at = now() where id = '" + room + "'");
    assertEquals(403, ann.delete(pin(room, 1)).status());
    assertEquals(List.of(1L), pinned(bob, room));
  }

  /** I11: pins are no way around the day somebody came. */
  @Test
  void pinsFromBeforeTheyCameAreNotTheirs() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "before");
    ann.say(room, "after");
    ann.put(pin(room, 1), null);
    ann.put(pin(room, 2), null);
    server.sql(
        "update members set from_seq = 2 where room_id = '"
            + room
            + "' and user_id = '"
            + bob.id()
            + "'");
    assertEquals(List.of(2L), pinned(bob, room));
    JsonObject around = bob.get("/chat/rooms/" + room + "/messages?around=1").body();
    assertEquals(List.of(2L), seqs(around));
  }

  @Test
  void aHundredAreEnough() {
    Person ann = person("ann");
    String room = ann.room("group");
    fill(ann, room, 101);
    server.sql("update messages set pinned_at = now() where seq <= 100 and " + of(room));
    assertEquals(409, ann.put(pin(room, 101), null).status());
    assertEquals(200, ann.put(pin(room, 7), null).status());
    ann.delete(pin(room, 7));
    assertEquals(200, ann.put(pin(room, 101), null).status());
    assertEquals(100, pinned(ann, room).size());
  }

  private static String of(String room) {
    return "room_key = (select room_key from room_heads where room_id = '" + room + "')";
  }

  /** As if so much had been said. */
  private static void fill(Person who, String room, int n) {
    server.sql(
        "insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at) select room_key, i, version + i, gen_random_uuid(), '"
            + who.id()
            + "', 'm' || i, i, now() from room_heads, generate_series(1, "
            + n
            + ") i where "
            + of(room));
    server.sql(
        "update room_heads set last_seq = "
            + n
            + ", version = version + "
            + n
            + " where "
            + of(room));
  }

  @Test
  void pageAroundAMessageGoesOnBothWays() {
    Person ann = person("ann");
    String room = ann.room("group");
    String path = "/chat/rooms/" + room + "/messages";
    fill(ann, room, 60);
    JsonObject page = ann.get(path + "?around=30&limit=10").body();
    assertEquals(LongStream.rangeClosed(25, 34).boxed().toList(), seqs(page));
    assertEquals(
        LongStream.rangeClosed(20, 24).boxed().toList(),
        seqs(ann.get(path + "?limit=5&before=" + page.getLong("next")).body()));
    assertEquals(
        LongStream.rangeClosed(35, 39).boxed().toList(),
        seqs(ann.get(path + "?limit=5&after=" + page.getLong("newer")).body()));
    assertEquals(
        ann.get("/chat/rooms/" + room).body().getLong("version"),
        page.getJsonObject("head").getLong("version"));
    JsonObject first = ann.get(path + "?around=1&limit=10").body();
    assertEquals(LongStream.rangeClosed(1, 10).boxed().toList(), seqs(first));
    assertFalse(first.containsKey("next"));
    assertEquals(10, first.getLong("newer"));
    JsonObject last = ann.get(path + "?around=60&limit=10").body();
    assertEquals(LongStream.rangeClosed(55, 60).boxed().toList(), seqs(last));
    assertFalse(last.containsKey("newer"));
    assertEquals(
        LongStream.rangeClosed(56, 60).boxed().toList(),
        seqs(ann.get(path + "?around=900&limit=10").body()));
    assertEquals(400, ann.get(path + "?around=30&before=20").status());
    server.sql(
        "insert into lines (room_id, version, after_seq, kind, actor_id) select room_id, version + after_seq, after_seq, 'joined', '"
            + ann.id()
            + "' from room_heads, unnest(array[0, 29, 30, 60]) after_seq where "
            + of(room));
    for (int seq : new int[] {1, 2, 29, 30, 31, 60}) {
      JsonObject whole = ann.get(path + "?limit=200&around=" + seq).body();
      assertEquals(60, whole.getJsonArray("items").size());
      assertEquals(4, whole.getJsonArray("lines").size(), whole.getJsonArray("lines")::encode);
    }
    assertEquals(404, person("eve").get(path + "?around=30").status());
    assertEquals(
        0, seqs(ann.get("/chat/rooms/" + ann.room("group") + "/messages?around=1").body()).size());
  }
}

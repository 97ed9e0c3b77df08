package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Words that are changed by who said them, and what they were before. */
class EditsIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static int people;

  private static Person person(String name) {
    return server.person(name + ++people);
  }

  private static String message(String room, long seq) {
    return "/chat/rooms/" + room + "/messages/" + seq;
  }

  private static Answer edit(Person who, String room, long seq, String text) {
    return who.patch(message(room, seq), new JsonObject().put("text", text));
  }

  private static JsonObject shown(Person reader, String room, long seq) {
    return reader.get(message(room, seq)).body().getJsonObject("message");
  }

  private static List<String> earlier(Person reader, String room, long seq) {
    Answer answer = reader.get(message(room, seq) + "/versions");
    assertEquals(200, answer.status());
    return answer.body().getJsonArray("items").stream()
        .map(each -> ((JsonObject) each).getString("text"))
        .toList();
  }

  @Test
  void editReachesEverybodyAndNothingElseMoves() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    JsonObject said = bob.say(room, "helo");
    ann.say(room, "hi");
    Replica replica = new Replica(ann, room, ann.socket());
    Answer answer = edit(bob, room, 1, "hello");
    assertEquals(200, answer.status());
    JsonObject edited = answer.body().getJsonObject("message");
    assertEquals("hello", edited.getString("text"));
    assertEquals(said.getString("sentAt"), edited.getString("sentAt"));
    assertFalse(
        Instant.parse(edited.getString("editedAt"))
            .isBefore(Instant.parse(said.getString("sentAt"))));
    assertTrue(edited.getLong("version") > said.getLong("version"));
    assertEquals(edited, shown(ann, room, 1));
    assertEquals(
        List.of("hello", "hi"),
        ann.get("/chat/rooms/" + room + "/messages").body().getJsonArray("items").stream()
            .map(each -> ((JsonObject) each).getString("text"))
            .toList());
    assertEquals(
        0, bob.get("/chat/rooms/" + room).body().getJsonObject("me").getInteger("unread") - 1);
    Await.until(
        "ann's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(ann, room)));
    // The same words change nothing.
    assertEquals(answer.body(), edit(bob, room, 1, "hello").body());
    assertEquals(List.of("helo"), earlier(bob, room, 1));
    edit(bob, room, 1, "hello there");
    JsonArray versions = bob.get(message(room, 1) + "/versions").body().getJsonArray("items");
    assertEquals(List.of("helo", "hello"), earlier(ann, room, 1));
    assertEquals(said.getString("sentAt"), versions.getJsonObject(0).getString("at"));
    assertEquals(edited.getString("editedAt"), versions.getJsonObject(1).getString("at"));
  }

  /** I3: whoever has not heard the answer to their send may repeat it, edited or not. */
  @Test
  void sendingAgainAfterAnEditIsStillTheSameMessage() {
    Person ann = person("ann");
    String room = ann.room("group");
    JsonObject wish =
        new JsonObject().put("clientId", UUID.randomUUID().toString()).put("text", "first");
    ann.post("/chat/rooms/" + room + "/messages", wish);
    edit(ann, room, 1, "second");
    Answer again = ann.post("/chat/rooms/" + room + "/messages", wish);
    assertEquals(201, again.status());
    assertEquals(1, again.body().getJsonObject("message").getLong("seq"));
    assertEquals("second", again.body().getJsonObject("message").getString("text"));
    assertEquals(
        409,
        ann.post("/chat/rooms/" + room + "/messages", wish.copy().put("text", "second")).status());
  }

  @Test
  void onlyWhoSaidItChangesItAndWhoKeepsOrderSeesWhatItWas() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person carl = person("carl");
    Person eve = person("eve");
    String room = ann.room("group", bob, carl);
    bob.say(room, "first words");
    assertEquals(403, edit(ann, room, 1, "mine now").status());
    assertEquals(403, edit(carl, room, 1, "mine now").status());
    assertEquals(404, edit(eve, room, 1, "mine now").status());
    assertEquals(404, edit(bob, room, 2, "nothing there").status());
    edit(bob, room, 1, "second words");
    assertEquals(List.of("first words"), earlier(bob, room, 1));
    assertEquals(List.of("first words"), earlier(ann, room, 1));
    assertEquals(403, carl.get(message(room, 1) + "/versions").status());
    assertEquals(404, eve.get(message(room, 1) + "/versions").status());
    assertEquals(404, bob.get(message(room, 2) + "/versions").status());
    assertEquals(204, bob.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(404, edit(bob, room, 1, "from outside").status());
    assertEquals(404, bob.get(message(room, 1) + "/versions").status());
    String direct = ann.room("direct", bob);
    bob.say(direct, "between us");
    edit(bob, direct, 1, "just between us");
    assertEquals(403, ann.get(message(direct, 1) + "/versions").status());
    assertEquals(List.of("between us"), earlier(bob, direct, 1));
  }

  @Test
  void whatCannotBeSaidCannotBeEditedEither() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group");
    ann.say(room, "hello");
    for (String text :
        List.of("", " ", "x".repeat(4_001), "a\u0000b", "\uD83D\uDC4D".repeat(4_001))) {
      assertEquals(400, edit(ann, room, 1, text).status(), text);
    }
    ann.say(room, "taken back");
    ann.delete(message(room, 2));
    assertEquals(409, edit(ann, room, 2, "there again").status());
    Answer forwarded =
        ann.post(message(room, 1) + "/forward", new JsonObject().put("roomId", room));
    assertEquals(201, forwarded.status(), forwarded.body()::encode);
    assertEquals(409, edit(ann, room, 3, "he never said so").status());
    server.sql("update rooms set archived_at = now() where id = '" + room + "'");
    assertEquals(403, edit(ann, room, 1, "hello there").status());
    String direct = ann.room("direct", bob);
    ann.say(direct, "hello");
    server.sql(
        "insert into blocks (user_id, blocked_id) values ('" + bob.id() + "', '" + ann.id() + "')");
    assertEquals(403, edit(ann, direct, 1, "hear me").status());
    assertEquals("hello", shown(bob, direct, 1).getString("text"));
  }

  @Test
  void aHundredTimesIsEnough() {
    Person ann = person("ann");
    String room = ann.room("group");
    ann.say(room, "hello");
    edit(ann, room, 1, "hallo");
    server.sql(
        "insert into message_edits select room_key, 1, -i, 'old', now() from room_heads, generate_series(1, 98) i where room_id = '"
            + room
            + "'");
    assertEquals(200, edit(ann, room, 1, "the last").status());
    assertEquals(409, edit(ann, room, 1, "one more").status());
    assertEquals(200, edit(ann, room, 1, "the last").status());
    assertEquals("the last", shown(ann, room, 1).getString("text"));
    assertEquals(100, earlier(ann, room, 1).size());
  }

  @Test
  void twoDevicesThatEditAtOnceLeaveNoWordsOut() {
    Person ann = person("ann");
    String room = ann.room("group");
    ann.say(room, "0");
    List<CompletableFuture<Answer>> racing =
        IntStream.rangeClosed(1, 12)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> edit(ann, room, 1, Integer.toString(i))))
            .toList();
    racing.forEach(each -> assertEquals(200, each.join().status()));
    List<String> before = earlier(ann, room, 1);
    assertEquals(12, before.size());
    assertEquals("0", before.get(0));
    assertFalse(before.contains(shown(ann, room, 1).getString("text")));
    assertEquals(12, before.stream().distinct().count());
  }

  @Test
  void editCallsWhoIsNamedNowAndNobodyWhoIsNoLonger() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person carl = person("carl");
    String room = ann.room("group", bob, carl);
    ann.say(room, "hello @" + bob.name());
    assertEquals(new JsonArray(List.of(bob.id())), shown(carl, room, 1).getJsonArray("mentions"));
    assertEquals(1, mentionsOf(bob).size());
    Answer answer = edit(ann, room, 1, "hello @" + carl.name());
    assertEquals(
        new JsonArray(List.of(carl.id())),
        answer.body().getJsonObject("message").getJsonArray("mentions"));
    assertEquals(0, mentionsOf(bob).size());
    assertEquals(1, mentionsOf(carl).size());
    ann.delete(message(room, 1));
    assertEquals(0, mentionsOf(carl).size());
    assertEquals(
        "0", server.query("select count(*) from mentions where user_id = '" + carl.id() + "'"));
    assertEquals(
        0, carl.get("/chat/rooms/" + room).body().getJsonObject("me").getInteger("mentions"));
  }

  private static JsonArray mentionsOf(Person reader) {
    return reader.get("/chat/mentions").body().getJsonArray("items");
  }

  /** What is known of an edit: who, when, which message, hashes. */
  @Test
  void auditLogHoldsNoWords() {
    Person ann = person("ann");
    String room = ann.room("group");
    ann.say(room, "unmistakable one");
    edit(ann, room, 1, "unmistakable two");
    ann.delete(message(room, 1));
    assertEquals(
        "0", server.query("select count(*) from audit_log a where a::text like '%unmistakable%'"));
    assertEquals(
        "2",
        server.query(
            "select count(*) from audit_log where table_name = 'messages' and actor_id = '"
                + ann.id()
                + "' and (before ->> 'body_hash') <> (after ->> 'body_hash')"));
  }
}

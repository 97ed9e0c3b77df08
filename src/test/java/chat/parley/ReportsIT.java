package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that people report, and what administrators do about them. */
class ReportsIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static final Map<String, Person> PEOPLE = new HashMap<>();

  private static Person person(String name) {
    return PEOPLE.computeIfAbsent(name, server::person);
  }

  @BeforeAll
  static void somebodyElseIsAdministrator() {
    PEOPLE.clear();
    person("admin");
  }

  private static Answer report(Person who, String room, long seq, String reason, String note) {
    JsonObject wish = new JsonObject().put("reason", reason);
    return who.post(
        "/chat/rooms/" + room + "/messages/" + seq + "/report",
        note == null ? wish : wish.put("note", note));
  }

  private static String idOf(Answer report) {
    assertEquals(201, report.status(), report.body()::encode);
    return report.body().getString("id");
  }

  @Test
  void reportIsFiledOnceAPersonAndMessage() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person cem = person("cem");
    String room = ann.room("group", bob, cem);
    ann.say(room, "buy my watches");
    JsonObject head = ann.sync(room, 0).getJsonObject("head");
    Answer first = report(bob, room, 1, "spam", "  again and again ");
    assertEquals(201, first.status(), first.body()::encode);
    assertEquals("again and again", first.body().getString("note"));
    Answer again = report(bob, room, 1, "hate", null);
    assertEquals(200, again.status());
    assertEquals(first.body(), again.body(), "the first stands");
    assertFalse(idOf(report(cem, room, 1, "other", null)).equals(first.body().getString("id")));
    assertEquals("2", server.query("select count(*) from reports where room_id = '" + room + "'"));
    assertEquals(
        "0",
        server.query(
            "select count(*) from audit_log where table_name = 'reports' and after::text like '%again and%'"),
        "what people say is not for the log");
    assertEquals(head, ann.sync(room, 0).getJsonObject("head"), "the room is not told");
  }

  @Test
  void onlyWhatOneSeesAndDidNotSayCanBeReported() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person eve = person("eve");
    String room = ann.room("group", bob);
    String open = ann.room("public");
    ann.say(room, "one");
    ann.say(room, "two");
    ann.say(open, "three");
    assertEquals(404, report(eve, room, 1, "spam", null).status());
    assertEquals(403, report(eve, open, 1, "spam", null).status(), "join first");
    assertEquals(404, report(bob, room, 3, "spam", null).status());
    assertEquals(409, report(ann, room, 1, "spam", null).status(), "one's own");
    String kept = idOf(report(bob, room, 1, "spam", null));
    ann.delete("/chat/rooms/" + room + "/messages/1");
    ann.delete("/chat/rooms/" + room + "/messages/2");
    assertEquals(409, report(bob, room, 2, "spam", null).status(), "deleted");
    assertEquals(kept, report(bob, room, 1, "spam", null).body().getString("id"), "it stays");
    for (JsonObject wrong :
        List.of(
            new JsonObject(),
            new JsonObject().put("reason", "filter"),
            new JsonObject().put("reason", "spam").put("note", "x".repeat(501)),
            new JsonObject().put("reason", "spam").put("note", "\u0000"),
            new JsonObject().put("reason", "spam").put("who", "me"))) {
      assertEquals(
          400,
          bob.post("/chat/rooms/" + room + "/messages/1/report", wrong).status(),
          wrong::encode);
    }
    ann.say(room, "four");
    assertEquals(201, report(bob, room, 3, "spam", "👾".repeat(500)).status());
  }

  private static Answer act(Person who, String action, String id) {
    return who.post(
        "/admin/reports/actions",
        new JsonObject().put("action", action).put("ids", new JsonArray().add(id)));
  }

  private static JsonObject row(String id) {
    return person("admin").get("/admin/reports/" + id).body().getJsonObject("item");
  }

  private static List<String> listed(String parameters) {
    return person("admin").get("/admin/reports" + parameters).body().getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getString("id"))
        .toList();
  }

  @Test
  void administratorReadsTheQueueWithTheWords() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "something bad");
    ann.say(room, "something worse");
    String first = idOf(report(bob, room, 1, "harassment", "look"));
    String second = idOf(report(bob, room, 2, "hate", null));
    assertEquals(404, person("admin").get("/chat/rooms/" + room).status(), "not a member");
    List<String> open = listed("?filter=state:open&sort=-created");
    assertEquals(List.of(second, first), open.subList(0, 2), "the newest first");
    Answer page = person("admin").get("/admin/reports?sort=-created&limit=1");
    assertEquals(second, page.body().getJsonArray("items").getJsonObject(0).getString("id"));
    assertEquals(
        first, listed("?sort=-created&limit=1&after=" + page.body().getString("next")).get(0));

    ann.patch("/chat/rooms/" + room + "/messages/1", new JsonObject().put("text", "kind words"));
    JsonObject seen = row(first);
    assertEquals("kind words", seen.getString("text"));
    assertEquals("something bad", seen.getString("textThen"));
    assertEquals("look", seen.getString("note"));
    assertEquals("ann", seen.getString("authorName"));
    assertEquals("bob", seen.getString("reporterName"));
    assertEquals("Room of ann", seen.getString("roomName"));
    assertFalse(row(second).containsKey("textThen"));
    assertEquals(404, ann.get("/admin/reports").status(), "owning the room is not enough");
  }

  @Test
  void dismissedOnesAreSettledTogether() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person cem = person("cem");
    String room = ann.room("group", bob, cem);
    ann.say(room, "harmless");
    String bobs = idOf(report(bob, room, 1, "spam", null));
    String cems = idOf(report(cem, room, 1, "other", null));
    assertEquals(
        new JsonArray().add(bobs), act(person("admin"), "dismiss", bobs).body().getValue("done"));
    for (String id : List.of(bobs, cems)) {
      assertEquals("dismissed", row(id).getString("outcome"));
      assertEquals(person("admin").id(), row(id).getString("handledBy"));
      assertFalse(listed("?filter=state:open").contains(id));
    }
    assertEquals(List.of("harmless"), bob.history(room));
    act(person("admin"), "delete-message", cems);
    assertEquals("dismissed", row(cems).getString("outcome"), "what is settled stays");
    assertEquals(404, act(ann, "dismiss", bobs).status());
  }

  @Test
  void deletedMessageLeavesTheReportAndNoWord() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("direct", bob);
    BusSocket ear = bob.socket();
    ear.registerRoom(room);
    ann.say(room, "a threat");
    String id = idOf(report(bob, room, 1, "violence", null));
    act(person("admin"), "delete-message", id);
    ear.await(
        "the tombstone",
        frame -> frame.encode().contains("deletedAt") && frame.encode().contains("\"message\""));
    JsonObject seen = row(id);
    assertEquals("message-deleted", seen.getString("outcome"));
    assertEquals(1, seen.getInteger("seq"));
    assertFalse(seen.containsKey("text") || seen.containsKey("textThen"), seen::encode);
    assertEquals(
        "1",
        server.query(
            "select count(*) from audit_log where act = 'message.delete' and row_id ->> 'room_id' = '"
                + room
                + "'"));
  }

  @Test
  void disabledAuthorIsSignedOutAndOnlyByAPerson() {
    Person ann = person("ann");
    Person bad = server.person("bad");
    String room = ann.room("group", bad);
    bad.say(room, "again");
    String id = idOf(report(ann, room, 1, "spam", null));
    Person admin = person("admin");
    JsonObject wish =
        new JsonObject()
            .put("name", "bot")
            .put("scopes", new JsonArray().add("admin"))
            .put("expiresInDays", 1);
    String key = admin.post("/auth/api-keys", wish).body().getString("key");
    Answer byKey = act(Person.bearing(server.url(), key), "disable-author", id);
    assertEquals(200, bad.get("/auth/me").status(), byKey.body()::encode);
    assertFalse(row(id).containsKey("outcome"));
    act(admin, "disable-author", id);
    assertEquals(401, bad.get("/auth/me").status());
    assertEquals("author-disabled", row(id).getString("outcome"));
    assertEquals(List.of("again"), ann.history(room), "what was said stays");
  }

  @Test
  void whoDeletesTheirAccountTakesTheirNotesAlong() {
    Person ann = person("ann");
    Person dan = person("dan");
    String room = ann.room("group", dan);
    ann.say(room, "hm");
    idOf(report(dan, room, 1, "other", "mine"));
    assertEquals(204, dan.delete("/users/me?messages=keep").status());
    assertEquals(
        "1",
        server.query(
            "select count(*) from reports where note is null and reporter_id = '"
                + dan.id()
                + "'"));
  }
}

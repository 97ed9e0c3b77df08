package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
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

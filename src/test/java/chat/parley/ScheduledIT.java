package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages to be sent later: once, whatever happens in between. */
class ScheduledIT {
  @RegisterExtension final TestServer server = new TestServer();

  private Person ann;
  private Person bob;
  private String room;

  @BeforeEach
  void twoPeople() {
    ann = server.person("ann");
    bob = server.person("bob");
    room = ann.room("group", bob);
  }

  private JsonObject plan(Person who, String text, UUID clientId) {
    JsonObject wish =
        new JsonObject()
            .put("clientId", clientId.toString())
            .put("text", text)
            .put("at", Instant.now().plusSeconds(3_600).toString());
    Answer kept = who.post("/chat/rooms/" + room + "/scheduled", wish);
    assertEquals(201, kept.status(), kept.body()::encode);
    return kept.body();
  }

  private JsonObject plan(Person who, String text) {
    return plan(who, text, UUID.randomUUID());
  }

  private void letTimePass() {
    server.sql("update scheduled set send_at = now() - interval '1 second'");
  }

  private JsonArray waiting(Person who) {
    return who.get("/chat/scheduled").body().getJsonArray("items");
  }

  @Test
  void isSentOnceWhenItsTimeHasCome() {
    BusSocket phone = bob.socket();
    phone.register("user." + bob.id());
    JsonObject kept = plan(bob, "later");
    assertEquals(1, waiting(bob).size());
    assertEquals(List.of(), ann.history(room));
    letTimePass();
    Await.until("sent", () -> ann.history(room).equals(List.of("later")));
    Await.until("no longer waiting", () -> waiting(bob).isEmpty());
    JsonObject message = ann.get("/chat/rooms/" + room + "/messages/1").body();
    assertEquals(kept.getString("id"), message.getJsonObject("message").getString("clientId"));
    assertEquals(
        bob.id(), message.getJsonObject("message").getJsonObject("sender").getString("id"));
    phone.await(
        "told that it is gone",
        frame ->
            frame.encode().contains("\"scheduled\"")
                && !frame.getJsonObject("body").containsKey("scheduled"));
  }

  @Test
  void isSentOnceAlsoWhenTheServerDiedAfterSending() {
    UUID id = UUID.randomUUID();
    plan(bob, "once", id);
    // As a crash leaves it: the message is there and the row has not gone.
    JsonObject same = new JsonObject().put("text", "once").put("clientId", id.toString());
    assertEquals(201, bob.post("/chat/rooms/" + room + "/messages", same).status());
    server.sql("update scheduled set claimed_until = now() - interval '1 second'");
    letTimePass();
    Await.until("no longer waiting", () -> waiting(bob).isEmpty());
    assertEquals(List.of("once"), ann.history(room));
  }

  @Test
  void survivesARestartAndIsSentByWhoeverIsThere() {
    plan(bob, "after the night");
    server.stop();
    server.start();
    letTimePass();
    Await.until("sent", () -> ann.history(room).equals(List.of("after the night")));
  }

  @Test
  void canBeChangedAndTakenBackUntilThen() {
    JsonObject first = plan(bob, "first");
    JsonObject second = plan(bob, "second");
    JsonObject other = new JsonObject().put("text", "another");
    Answer changed = bob.patch("/chat/scheduled/" + first.getString("id"), other);
    assertEquals("another", changed.body().getString("text"));
    assertEquals(404, ann.patch("/chat/scheduled/" + first.getString("id"), other).status());
    assertEquals(404, ann.delete("/chat/scheduled/" + second.getString("id")).status());
    assertEquals(204, bob.delete("/chat/scheduled/" + second.getString("id")).status());
    assertEquals(404, bob.delete("/chat/scheduled/" + second.getString("id")).status());
    server.sql("update scheduled set claimed_until = now() + interval '1 minute'");
    assertEquals(409, bob.patch("/chat/scheduled/" + first.getString("id"), other).status());
    assertEquals(409, bob.delete("/chat/scheduled/" + first.getString("id")).status());
    server.sql("update scheduled set claimed_until = null");
    letTimePass();
    Await.until("sent", () -> ann.history(room).equals(List.of("another")));
  }

  @Test
  void whatCannotBeSentSaysWhy() {
    plan(bob, "too late");
    assertEquals(204, ann.delete("/chat/rooms/" + room + "/members/" + bob.id()).status());
    letTimePass();
    Await.until("failed", () -> ((JsonObject) one(bob)).containsKey("failed"));
    assertEquals(List.of(), ann.history(room));
    assertEquals(200, ann.put("/chat/rooms/" + room + "/members/" + bob.id(), null).status());
    JsonObject again = new JsonObject().put("at", Instant.now().plusSeconds(60).toString());
    String id = ((JsonObject) one(bob)).getString("id");
    assertFalse(bob.patch("/chat/scheduled/" + id, again).body().containsKey("failed"));
    letTimePass();
    Await.until("sent", () -> ann.history(room).equals(List.of("too late")));
  }

  private Object one(Person who) {
    return who.get("/chat/scheduled").body().getJsonArray("items").getJsonObject(0);
  }

  @Test
  void whatIsWrongIsRefusedAndKeepsNothing() {
    Person eve = server.person("eve");
    String path = "/chat/rooms/" + room + "/scheduled";
    String soon = Instant.now().plusSeconds(60).toString();
    assertEquals(404, eve.post(path, wish("x", soon)).status());
    for (String at :
        List.of(
            "yesterday",
            Instant.now().minusSeconds(60).toString(),
            "2031-01-01T00:00",
            Instant.now().plusSeconds(400L * 86_400).toString())) {
      Answer refused = bob.post(path, wish("x", at));
      assertEquals(400, refused.status(), at);
      assertTrue(refused.body().encode().contains("/at"), refused.body()::encode);
    }
    assertEquals(400, bob.post(path, wish(" ", soon)).status());
    UUID id = UUID.randomUUID();
    plan(bob, "mine", id);
    assertEquals("mine", plan(bob, "mine", id).getString("text"));
    JsonObject otherWords = wish("not mine", soon).put("clientId", id.toString());
    assertEquals(409, bob.post(path, otherWords).status());
    assertEquals(1, waiting(bob).size());
    assertEquals(0, waiting(ann).size());
  }

  private static JsonObject wish(String text, String at) {
    return new JsonObject().put("text", text).put("at", at);
  }
}

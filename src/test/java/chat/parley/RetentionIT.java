package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Replica;
import chat.parley.testing.SentFiles;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms that keep what was said for some days only; this server keeps it for 400. */
class RetentionIT {
  @RegisterExtension
  static final TestServer server = new TestServer().withRetentionDays(400).shared();

  private static final Map<String, Person> PEOPLE = new HashMap<>();

  private static Person person(String name) {
    return PEOPLE.computeIfAbsent(name, server::person);
  }

  @BeforeAll
  static void somebodyElseIsAdministrator() {
    PEOPLE.clear();
    person("admin");
  }

  private static Answer keepFor(String room, int days) {
    return person("admin")
        .patch("/admin/chat-rooms/" + room, new JsonObject().put("retentionDays", days));
  }

  /** In the index as well, if they are there. */
  private static void age(String room, int days, int upTo) {
    for (String table : List.of("message_search", "messages")) {
      server.sql(
          "update %s set sent_at = sent_at - interval '%d days' where seq <= %d and room_key = (select room_key from room_heads where room_id = '%s')"
              .formatted(table, days, upTo, room));
    }
  }

  private static void awaitLeft(String room, int left) {
    Await.until(
        left + " are left",
        () ->
            server
                .query(
                    "select count(*) from messages join room_heads using (room_key) where body is not null and room_id = '"
                        + room
                        + "'")
                .equals(Integer.toString(left)));
  }

  private static int found(Person who, String words) {
    return who.get("/chat/search?q=" + words).body().getJsonArray("items").size();
  }

  @Test
  void whatIsOldGoesAndEverybodyHoldsTheSame() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "zebras of old");
    String file = SentFiles.send(ann, "old.txt", new byte[] {1}).getString("id");
    SentFiles.say(ann, room, "with a file", file);
    ann.say(room, "zebras of today");
    Await.until("both are indexed", () -> found(bob, "zebras") == 2);
    Replica live = new Replica(bob, room, bob.socket());
    live.catchUp();
    Replica away = live.copy();
    assertEquals(200, bob.bytes("GET", "/media/" + file, null).status());
    assertEquals(400, bob.get("/chat/rooms/" + room).body().getInteger("retentionDays"));

    age(room, 40, 2);
    Answer set = keepFor(room, 30);
    assertEquals(200, set.status(), set.body()::encode);
    awaitLeft(room, 1);
    assertEquals(30, bob.get("/chat/rooms/" + room).body().getInteger("retentionDays"));
    Await.until(
        "bob has heard of it",
        () -> live.settle() && live.state().equals(Replica.truth(bob, room)));
    away.catchUp();
    assertEquals(live.state(), away.state());
    assertTrue(live.state().contains("\"kind\":\"retention\""), live.state());
    assertEquals(404, bob.bytes("GET", "/media/" + file, null).status());
    assertEquals(1, found(bob, "zebras"));
    JsonObject gone =
        bob.get("/chat/rooms/" + room + "/messages/1").body().getJsonObject("message");
    assertTrue(gone.containsKey("deletedAt") && !gone.containsKey("text"), gone::encode);
    assertEquals(200, keepFor(room, 0).status());
    assertEquals(400, bob.get("/chat/rooms/" + room).body().getInteger("retentionDays"));
  }

  @Test
  void manyGoInStepsAndWhatGetsOldGoesLater() {
    Person ann = person("ann");
    String room = ann.room("group");
    server.sql(
        """
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
        select h.room_key, s, h.version + s, gen_random_uuid(), '%s', 'said ' || s, s, now() - interval '1 day' * (260 - s)
        from room_heads h, generate_series(1, 259) s where h.room_id = '%s'
        """
            .formatted(ann.id(), room));
    server.sql(
        "update room_heads set last_seq = 259, version = version + 259 where room_id = '%s'"
            .formatted(room));
    keepFor(room, 20);
    awaitLeft(room, 19);
    String due =
        "select due_at > now() + interval '59 minutes' from retentions where room_id = '%s'";
    Await.until("looked after later", () -> server.query(due.formatted(room)).equals("t"));
    age(room, 10, 259);
    server.sql("update retentions set due_at = now() where room_id = '%s'".formatted(room));
    awaitLeft(room, 9);
    Replica away = new Replica(ann, room, ann.socket());
    away.catchUp();
    assertEquals(Replica.truth(ann, room), away.state());
  }

  @Test
  void serverKeepsForAsLongAsItSaysUnlessTheRoomDoes() {
    Person ann = person("ann");
    String plain = ann.room("group");
    String longer = ann.room("group");
    for (String room : List.of(plain, longer)) {
      ann.say(room, "old");
      ann.say(room, "new");
    }
    keepFor(longer, 1_000);
    age(plain, 500, 1);
    age(longer, 500, 1);
    // Rooms are gathered at the start and every hour.
    server.stop();
    server.start();
    awaitLeft(plain, 1);
    awaitLeft(longer, 2);
    for (int wrong : List.of(-1, 36_501)) {
      assertEquals(400, keepFor(plain, wrong).status(), "for " + wrong);
    }
    assertFalse(
        ann.patch("/chat/rooms/" + plain, new JsonObject().put("retentionDays", 1)).status() < 400,
        "only administrators");
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestCluster;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Words that a server does not take, or of which its administrators are told; on two nodes. */
class WordFilterIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static Person admin;
  private static Person ann;
  private static Person bob;
  private String room;

  @BeforeAll
  static void threePeople() {
    admin = CLUSTER.a().person("admin");
    ann = CLUSTER.a().person("ann");
    bob = CLUSTER.a().person("bob");
  }

  @BeforeEach
  void aRoom() {
    room = ann.room("group", bob);
  }

  private static void put(String word, String action) {
    CLUSTER
        .a()
        .sql(
            "insert into filter_words (id, word, word_key, action) values (gen_random_uuid(), '%s', '%s', '%s')"
                .formatted(word, word, action));
    String trial = ann.room("group");
    Await.until(
        word + " is known",
        () -> {
          if (action.equals("refuse")) {
            return post(ann, trial, UUID.randomUUID(), word).status() == 400;
          }
          post(ann, trial, UUID.randomUUID(), word);
          return !reported(trial).equals("0");
        });
  }

  private static Answer post(Person who, String room, UUID clientId, String text) {
    return who.post(
        "/chat/rooms/" + room + "/messages",
        new JsonObject().put("clientId", clientId.toString()).put("text", text));
  }

  private static void assertRefused(Answer answer) {
    assertEquals(400, answer.status(), answer.body()::encode);
    JsonObject error = answer.body().getJsonArray("errors").getJsonObject(0);
    assertEquals("/text", error.getString("pointer"));
  }

  private static String reported(String room) {
    return CLUSTER
        .a()
        .query(
            "select count(*) from reports where reason = 'filter' and outcome is null and room_id = '"
                + room
                + "'");
  }

  @Test
  void refusedWordIsTakenByNoDoor() {
    ann.say(room, "an old zounds, said before it was on the list");
    ann.say(room, "fine");
    put("zounds", "refuse");
    assertRefused(post(ann, room, UUID.randomUUID(), "ZOUNDS, I say"));
    assertRefused(
        ann.patch(
            "/chat/rooms/" + room + "/messages/2", new JsonObject().put("text", "fine, zounds")));
    assertRefused(
        ann.post(
            "/chat/rooms/" + room + "/messages/1/forward",
            new JsonObject().put("roomId", ann.room("group"))));
    BusSocket socket = ann.socket();
    JsonObject answer = Await.get(socket.say(room, "Zounds!"));
    assertEquals("err", answer.getString("type"), answer::encode);
    assertEquals(400, answer.getInteger("failureCode"), answer::encode);
    UUID later = UUID.randomUUID();
    ann.post(
        "/chat/rooms/" + room + "/scheduled",
        new JsonObject()
            .put("clientId", later.toString())
            .put("text", "zounds in time")
            .put("at", Instant.now().plusMillis(300).toString()));
    Await.until(
        "it is known that it was not sent",
        () ->
            ann.get("/chat/scheduled").body().getJsonArray("items").stream()
                .anyMatch(
                    each -> ((JsonObject) each).getString("failed", "").contains("holds a word")));
    assertEquals(
        List.of("an old zounds, said before it was on the list", "fine"), ann.history(room));
    assertEquals(201, post(ann, room, UUID.randomUUID(), "zoundsy").status(), "whole words only");
    Person stranger = CLUSTER.a().person("stranger");
    assertEquals(404, post(stranger, room, UUID.randomUUID(), "zounds").status());
  }

  @Test
  void whatWasAcknowledgedIsAcknowledgedAgain() {
    UUID clientId = UUID.randomUUID();
    Answer first = post(ann, room, clientId, "gadzooks it is");
    put("gadzooks", "refuse");
    Answer again = post(ann, room, clientId, "gadzooks it is");
    assertEquals(201, again.status(), again.body()::encode);
    assertEquals(first.body().getJsonObject("message"), again.body().getJsonObject("message"));
    assertEquals(409, post(ann, room, clientId, "gadzooks was it").status(), "another body");
    assertRefused(post(ann, room, UUID.randomUUID(), "gadzooks it is"));
  }

  @Test
  void flaggedWordIsStoredAsItIsAndReportedOnce() {
    put("egad sir", "flag");
    UUID clientId = UUID.randomUUID();
    post(ann, room, clientId, "well, Egad,\nsir");
    assertEquals("0", reported(room), "a comma is between them");
    post(ann, room, UUID.randomUUID(), "well, Egad\n Sir");
    assertEquals("1", reported(room));
    assertEquals(List.of("well, Egad,\nsir", "well, Egad\n Sir"), bob.history(room));
    post(ann, room, clientId, "well, Egad,\nsir");
    assertEquals("1", reported(room));
    ann.patch("/chat/rooms/" + room + "/messages/1", new JsonObject().put("text", "egad sir"));
    assertEquals("2", reported(room), "an edit as well");
    assertEquals(
        "egad sir",
        CLUSTER.a().query("select min(note) from reports where room_id = '" + room + "'"));
  }

  @Test
  void otherNodesHearOfIt() {
    put("forsooth", "refuse");
    Person there = ann.at(CLUSTER.b().url());
    Await.until(
        "the other node refuses it",
        () -> post(there, room, UUID.randomUUID(), "forsooth").status() == 400);
    assertTrue(bob.history(room).size() < 500);
  }
}

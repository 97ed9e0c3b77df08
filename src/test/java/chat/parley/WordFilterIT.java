package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  private static final String WORDS = "/admin/filter-words";

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

  /** Counts on this node before it is answered. */
  private static Answer put(String word, String action) {
    return admin.post(WORDS, new JsonObject().put("word", word).put("action", action));
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
    String id = put("forsooth", "refuse").body().getJsonObject("item").getString("id");
    Person there = ann.at(CLUSTER.b().url());
    Await.until("the other node refuses it", () -> says(there, "forsooth") == 400);
    assertEquals(204, admin.delete(WORDS + "/" + id).status());
    assertEquals(201, says(ann, "forsooth"), "here at once");
    Await.until("and takes it again", () -> says(there, "forsooth") == 201);
    CLUSTER
        .a()
        .sql(
            "insert into filter_words (id, word, word_key, action) values (gen_random_uuid(), 'verily', 'verily', 'refuse')");
    Await.until("also when nobody was heard", () -> says(there, "verily") == 400);
  }

  private int says(Person who, String text) {
    return post(who, room, UUID.randomUUID(), text).status();
  }

  @Test
  void administratorsKeepTheList() {
    Answer made = put("  Odds Bodikins ", "flag");
    assertEquals(201, made.status(), made.body()::encode);
    JsonObject item = made.body().getJsonObject("item");
    assertEquals("Odds Bodikins", item.getString("word"));
    assertEquals(409, put("odds  BODIKINS", "refuse").status(), "the same, however spelled");
    String path = WORDS + "/" + item.getString("id");
    assertEquals(200, admin.patch(path, new JsonObject().put("action", "refuse")).status());
    assertEquals(400, says(ann, "odds bodikins"));
    assertEquals(1, admin.get(WORDS + "?q=odds&sort=word").body().getJsonArray("items").size());
    assertEquals(404, ann.get(WORDS).status(), "nobody else sees it");
    assertEquals(400, put("\u200B", "flag").status(), "nothing to look for");
    assertEquals(400, put("x".repeat(101), "flag").status());
    assertEquals(400, put("fie", "mask").status());
    assertEquals(204, admin.delete(path).status());
    assertEquals(404, admin.delete(path).status());
    assertEquals(201, says(ann, "odds bodikins"));
  }
}

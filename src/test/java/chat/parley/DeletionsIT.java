package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** I12: with the answer to a deletion what was said is gone, on every path. */
class DeletionsIT {
  private static final String THUMB = "%F0%9F%91%8D";
  private static final String WORD = "xylophone";

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

  private static JsonObject post(Person who, String room, JsonObject wish) {
    Answer posted =
        who.post(
            "/chat/rooms/" + room + "/messages",
            wish.put("clientId", UUID.randomUUID().toString()));
    assertEquals(201, posted.status(), posted.body()::encode);
    return posted.body().getJsonObject("message");
  }

  /** In which tables of the database a word stands. */
  private static List<String> tablesWith(String word) {
    List<String> found = new ArrayList<>();
    String tables =
        server.query(
            "select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'public'");
    for (String table : tables.split(" ")) {
      if (!server
          .query("select count(*) from " + table + " t where t::text like '%" + word + "%'")
          .equals("0")) {
        found.add(table);
      }
    }
    return found;
  }

  private static String export(Person who) {
    byte[] zip = who.bytes("POST", "/users/me/export", null).body();
    StringBuilder all = new StringBuilder();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      while (in.getNextEntry() != null) {
        all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return all.toString();
  }

  @Test
  void deletedWordsAreOnNoPath() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person late = person("late");
    String room = ann.room("group", bob);
    JsonObject wish =
        new JsonObject().put("clientId", UUID.randomUUID().toString()).put("text", WORD + " one");
    ann.post("/chat/rooms/" + room + "/messages", wish);
    edit(ann, room, 1, WORD + " two");
    edit(ann, room, 1, WORD + " three");
    post(bob, room, new JsonObject().put("text", "what?").put("replyTo", 1));
    post(bob, room, new JsonObject().put("text", "aha").put("threadOf", 1));
    ann.put(message(room, 1) + "/pin", null);
    bob.put(message(room, 1) + "/reactions/" + THUMB, null);
    ann.put(message(room, 1) + "/reactions/" + THUMB, null);
    assertTrue(export(ann).contains(WORD + " one"), "their own earlier words are theirs");
    BusSocket socket = bob.socket();
    Replica replica = new Replica(bob, room, socket);
    Await.until("registered", () -> !socket.heard(room, "head").isEmpty());

    assertEquals(List.of("message_edits", "messages"), tablesWith(WORD));
    Answer answer = ann.delete(message(room, 1));
    assertEquals(200, answer.status());
    JsonObject tombstone = answer.body().getJsonObject("message");
    for (String gone :
        List.of("text", "reactions", "pinnedAt", "mentions", "mentionsRoom", "forwardedFrom")) {
      assertFalse(tombstone.containsKey(gone), gone);
    }
    assertTrue(tombstone.containsKey("deletedAt"));
    assertEquals(1, tombstone.getJsonObject("thread").getInteger("replies"));
    assertEquals(List.of(), tablesWith(WORD));
    for (Supplier<Answer> path :
        List.<Supplier<Answer>>of(
            () -> bob.get("/chat/rooms/" + room + "/messages"),
            () -> bob.get("/chat/rooms/" + room + "/messages?around=1"),
            () -> bob.get("/chat/rooms/" + room + "/sync?since=0"),
            () -> ann.get(message(room, 1)),
            () -> ann.get(message(room, 1) + "/versions"),
            () -> ann.get(message(room, 1) + "/thread"),
            () -> ann.get("/chat/rooms/" + room + "/pins"),
            () -> ann.get("/chat/rooms"),
            () -> ann.get("/chat/rooms/" + room),
            () -> ann.put("/chat/rooms/" + room + "/members/" + late.id(), null),
            () -> late.get("/chat/rooms/" + room + "/messages"),
            () -> ann.post("/chat/rooms/" + room + "/messages", wish))) {
      Answer seen = path.get();
      assertTrue(seen.status() < 300, seen.body()::encode);
      assertFalse(seen.body().encode().contains(WORD), seen.body()::encode);
    }
    assertEquals(
        409,
        ann.post(message(room, 1) + "/forward", new JsonObject().put("roomId", room)).status());
    assertEquals(409, bob.put(message(room, 1) + "/reactions/" + THUMB, null).status());
    assertEquals(409, ann.put(message(room, 1) + "/pin", null).status());
    assertEquals(
        0, bob.get(message(room, 1) + "/reactions/" + THUMB).body().getJsonArray("items").size());
    Await.until(
        "bob's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(bob, room)));
    assertFalse(socket.frames().toString().contains(WORD));
    assertFalse(replica.state().contains(WORD));
    server.sql("update exports set asked_at = asked_at - interval '2 minutes'");
    assertFalse(export(ann).contains(WORD));
  }

  @Test
  void lastMessageOfARoomIsATombstoneInTheListOfRooms() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("direct", bob);
    ann.say(room, WORD + " last");
    ann.delete(message(room, 1));
    assertFalse(bob.get("/chat/rooms").body().encode().contains(WORD));
    assertTrue(
        bob.get("/chat/rooms")
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getJsonObject("lastMessage")
            .containsKey("deletedAt"));
    assertEquals(List.of(), tablesWith(WORD + " last"));
  }

  @Test
  void whoSaidItAndWhoKeepsOrderDeleteAndNobodyElse() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person carl = person("carl");
    Person eve = person("eve");
    String room = ann.room("group", bob, carl);
    bob.say(room, "first");
    bob.say(room, "second");
    ann.say(room, "third");
    assertEquals(404, eve.delete(message(room, 1)).status());
    assertEquals(403, carl.delete(message(room, 1)).status());
    assertEquals(404, bob.delete(message(room, 9)).status());
    Answer first = ann.delete(message(room, 1));
    assertEquals(200, first.status());
    assertEquals(first.body(), ann.delete(message(room, 1)).body());
    assertEquals(first.body(), bob.delete(message(room, 1)).body());
    assertEquals(403, carl.delete(message(room, 1)).status());
    server.sql(
        "update members set role = 'moderator' where room_id = '"
            + room
            + "' and user_id = '"
            + carl.id()
            + "'");
    assertEquals(200, carl.delete(message(room, 3)).status());
    // Also where nothing is said any more.
    server.sql("update rooms set archived_at = now() where id = '" + room + "'");
    assertEquals(200, bob.delete(message(room, 2)).status());
    String direct = ann.room("direct", bob);
    bob.say(direct, "mine");
    assertEquals(403, ann.delete(message(direct, 1)).status());
    assertEquals(200, bob.delete(message(direct, 1)).status());
  }

  /** Whatever comes first, nothing is left when both are done; no two share an event loop. */
  @Test
  void racedByEditsAndReactionsItStillTakesEverything() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person carl = person("carl");
    String room = ann.room("group", bob, carl);
    Replica replica = new Replica(carl, room, carl.socket());
    for (int seq = 1; seq <= 15; seq++) {
      int n = seq;
      bob.say(room, "zither " + n);
      List<CompletableFuture<Answer>> racing = new ArrayList<>();
      racing.add(CompletableFuture.supplyAsync(() -> edit(bob, room, n, "zither anew " + n)));
      for (Person who : List.of(bob, carl)) {
        racing.add(
            CompletableFuture.supplyAsync(
                () -> who.put(message(room, n) + "/reactions/" + THUMB, null)));
      }
      racing.add(CompletableFuture.supplyAsync(() -> ann.put(message(room, n) + "/pin", null)));
      racing.add(n % 5, CompletableFuture.supplyAsync(() -> ann.delete(message(room, n))));
      for (CompletableFuture<Answer> each : racing) {
        int status = each.join().status();
        assertTrue(status == 200 || status == 409, () -> "status " + status);
      }
      assertEquals(200, racing.get(n % 5).join().status());
    }
    assertEquals(List.of(), tablesWith("zither"));
    String of =
        " where room_key = (select room_key from room_heads where room_id = '" + room + "')";
    assertEquals("0", server.query("select count(*) from reactions" + of));
    assertEquals("0", server.query("select count(*) from message_edits" + of));
    assertEquals(
        "0",
        server.query(
            "select count(*) from messages"
                + of
                + " and (reactions is not null or pinned_at is not null)"));
    Await.until(
        "carl's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(carl, room)));
    assertFalse(replica.state().contains("zither"));
  }

  @Test
  void wordsOfSomebodyWhoGoesForGoodGoTheSameWay() {
    person("admin");
    Person ann = person("ann");
    Person bob = person("bob");
    String room = bob.room("group", ann);
    ann.say(room, "kazoo");
    edit(ann, room, 1, "kazoo again");
    bob.put(message(room, 1) + "/pin", null);
    bob.put(message(room, 1) + "/reactions/" + THUMB, null);
    assertEquals(204, ann.delete("/users/me?messages=remove").status());
    Await.until("all is gone", () -> tablesWith("kazoo").isEmpty());
    Await.until(
        "all rooms were told", () -> server.query("select count(*) from rounds").equals("0"));
    JsonObject left = bob.get(message(room, 1)).body();
    assertTrue(left.getJsonObject("message").containsKey("deletedAt"));
    assertFalse(left.getJsonObject("message").containsKey("reactions"));
    assertEquals(0, bob.get("/chat/rooms/" + room + "/pins").body().getJsonArray("items").size());
  }
}

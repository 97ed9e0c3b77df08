package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom a person wants to hear nothing from, who may write to them, and the one room of two. */
class BlocksIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  /** Those whom several tests know; an account costs a hash. */
  private static final Map<String, Person> PEOPLE = new HashMap<>();

  private static Person person(String name) {
    return PEOPLE.computeIfAbsent(name, server::person);
  }

  @BeforeAll
  static void somebodyElseIsAdministrator() {
    PEOPLE.clear();
    person("admin");
  }

  private static Answer direct(Person maker, Person other) {
    return maker.post(
        "/chat/rooms",
        new JsonObject().put("kind", "direct").put("members", new JsonArray().add(other.id())));
  }

  private static Answer block(Person who, Person whom) {
    return who.put("/users/me/blocks/" + whom.id(), null);
  }

  private static Answer unblock(Person who, Person whom) {
    return who.delete("/users/me/blocks/" + whom.id());
  }

  private static List<String> blocked(Person who) {
    return who.get("/users/me/blocks").body().getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .map(person -> person.getString("username"))
        .toList();
  }

  private static Answer takesFrom(Person who, String directFrom) {
    return who.patch("/users/me/privacy", new JsonObject().put("directFrom", directFrom));
  }

  private static long userVersion(Person who) {
    return Long.parseLong(
        server.query("select version from user_heads where user_id = '" + who.id() + "'"));
  }

  @Test
  void neitherOfTwoMakesADirectRoomWhileOneBlocksTheOther() {
    Person ann = person("ann1");
    Person bob = person("bob1");
    Person eve = person("eve1");
    BusSocket own = ann.socket();
    own.register("user." + ann.id());
    BusSocket others = bob.socket();
    others.register("user." + bob.id());
    long ofAnn = userVersion(ann);
    long ofBob = userVersion(bob);
    assertEquals(204, block(ann, bob).status());
    assertEquals(204, block(ann, bob).status());

    assertEquals(204, block(ann, eve).status());
    assertEquals(List.of("eve1", "bob1"), blocked(ann));
    assertEquals(List.of(), blocked(bob));
    JsonObject told =
        own.await(
                "my other devices",
                frame ->
                    "block".equals(frame.getJsonObject("body", new JsonObject()).getString("type")))
            .getJsonObject("body");
    assertEquals(bob.id(), told.getString("userId"));
    assertTrue(told.getBoolean("blocked"));
    assertEquals(ofAnn + 2, userVersion(ann), "twice is one change");
    assertEquals(ofBob, userVersion(bob), "the other is not told");

    assertEquals(403, direct(ann, bob).status());
    assertEquals("You have blocked this person", direct(ann, bob).body().getString("detail"));
    assertEquals(403, direct(bob, ann).status());

    assertEquals(201, ann.post("/chat/rooms", group(bob)).status(), "a group is no direct room");

    assertEquals(204, unblock(ann, bob).status());
    assertEquals(204, unblock(ann, bob).status());
    assertEquals(201, direct(bob, ann).status());
    assertEquals(List.of("eve1"), blocked(ann));
  }

  private static JsonObject group(Person other) {
    return new JsonObject()
        .put("kind", "group")
        .put("name", "many")
        .put("members", new JsonArray().add(other.id()));
  }

  @Test
  void blockingNobodyKnownOrOneselfOrTooManyIsRefused() {
    Person ann = person("ann2");
    Person bob = person("bob2");
    assertEquals(409, block(ann, ann).status());
    assertEquals(
        404, ann.put("/users/me/blocks/00000000-0000-4000-8000-000000000000", null).status());
    server.sql(
        "insert into users (id, username, username_key, username_skeleton, display_name, display_key, password_hash, role)"
            + " select gen_random_uuid(), 'u' || i, 'u' || i, 'u' || i, 'u', 'u', password_hash, 'user'"
            + " from users, generate_series(1, 1000) i where username = 'ann2'");
    server.sql(
        "insert into blocks (user_id, blocked_id) select '"
            + ann.id()
            + "', id from users where username_key ~ '^u[0-9]+$'");
    assertEquals(409, block(ann, bob).status());
    assertEquals(1000, blocked(ann).size());
  }

  /** Whoever asks for it first wins, but never both. */
  @Test
  void blockAndDirectRoomAtOnceNeverPassEachOther() {
    Person ann = person("ann3");
    List<Person> others = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      others.add(person("other" + i));
    }
    ExecutorService many = Executors.newFixedThreadPool(8);
    try {
      for (Person other : others) {
        CompletableFuture<Integer> made =
            CompletableFuture.supplyAsync(() -> direct(other, ann).status(), many);
        CompletableFuture<Integer> refused =
            CompletableFuture.supplyAsync(() -> block(ann, other).status(), many);
        assertEquals(204, refused.join());
        assertTrue(List.of(201, 403).contains(made.join()), "" + made.join());
        // What was made before the block is found again; what was not is not made now.
        assertEquals(made.join() == 201 ? 200 : 403, direct(other, ann).status());
      }
    } finally {
      many.shutdown();
    }
  }

  @Test
  void directRoomsOnlyFromPeopleOneSharesARoomWith() {
    Person ann = person("ann4");
    Person bob = person("bob4");
    Person eve = person("eve4");
    assertEquals("everyone", ann.get("/users/me/privacy").body().getString("directFrom"));
    String before = direct(bob, ann).body().getString("id");
    assertEquals("shared", takesFrom(ann, "shared").body().getString("directFrom"));
    assertEquals("shared", ann.get("/users/me/privacy").body().getString("directFrom"));
    assertEquals(400, takesFrom(ann, "nobody").status());
    Answer refused = direct(eve, ann);
    assertEquals(403, refused.status());
    assertEquals(
        "This person takes direct messages from people they share a room with",
        refused.body().getString("detail"));
    assertEquals(before, direct(bob, ann).body().getString("id"), "what there is stays");
    assertEquals(201, direct(ann, eve).status(), "it is the other one's choice that counts");

    Person kim = person("kim4");
    assertEquals(403, direct(kim, ann).status());
    String room = ann.room("public");
    assertEquals(200, kim.post("/chat/rooms/" + room + "/join", null).status());
    assertEquals(201, direct(kim, ann).status());
    assertEquals(200, takesFrom(ann, "everyone").status());
    assertEquals(201, direct(person("liz4"), ann).status());
  }

  /** C8: of two people there is one direct room, whoever makes it, however often and at once. */
  @Test
  void c8DirectRoomOfTwoIsOneHoweverOftenItIsMade() {
    Person ann = person("ann5");
    Person bob = person("bob5");
    ExecutorService many = Executors.newFixedThreadPool(40);
    try {
      List<CompletableFuture<Answer>> tries = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Person maker = i % 2 == 0 ? ann : bob;
        Person other = i % 2 == 0 ? bob : ann;
        tries.add(CompletableFuture.supplyAsync(() -> direct(maker, other), many));
      }
      List<Answer> answers = tries.stream().map(CompletableFuture::join).toList();
      assertEquals(1, answers.stream().filter(answer -> answer.status() == 201).count());
      assertEquals(39, answers.stream().filter(answer -> answer.status() == 200).count());
      assertEquals(
          1, answers.stream().map(answer -> answer.body().getString("id")).distinct().count());
    } finally {
      many.shutdown();
    }
    server.sql("update read_marks set hidden_seq = 0 where user_id = '" + ann.id() + "'");
    String room = direct(ann, bob).body().getString("id");
    server.sql("update read_marks set hidden_seq = 0 where user_id = '" + bob.id() + "'");
    Answer again = direct(bob, ann);
    assertEquals(200, again.status());
    assertEquals(room, again.body().getString("id"), "hidden by either or both");
    block(ann, bob);
    assertEquals(room, direct(bob, ann).body().getString("id"), "blocked, it is still there");
  }

  @Test
  void deletedAccountIsNoLongerNamedAndTakesItsChoicesAlong() {
    Person ann = person("ann6");
    Person bob = person("bob6");
    block(ann, bob);
    block(bob, ann);
    takesFrom(bob, "shared");
    assertEquals(204, bob.delete("/users/me?messages=keep").status());
    assertEquals(List.of(), blocked(ann));
    assertEquals(
        "everyone", server.query("select direct_from from users where id = '" + bob.id() + "'"));
    assertEquals(
        "0", server.query("select count(*) from blocks where user_id = '" + bob.id() + "'"));
    assertEquals(404, block(ann, bob).status());
  }
}

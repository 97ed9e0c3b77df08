package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.Scrape;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many rooms of one person, and many people in one room. */
class RoomSizesIT {
  private static final TestServer SERVER = new TestServer();

  private static Person ann;
  private static Person bob;

  @BeforeAll
  static void start() {
    SERVER.beforeEach(null);
    ann = SERVER.person("ann");
    bob = SERVER.person("bob");
  }

  @AfterAll
  static void stop() {
    SERVER.afterEach(null);
  }

  /** How often a connection to the database was borrowed: once a statement, when one only reads. */
  private static long statements() {
    return Scrape.of(SERVER).values().entrySet().stream()
        .filter(
            each ->
                each.getKey().startsWith("vertx_pool_completed_total")
                    && each.getKey().contains("\"readers\""))
        .mapToLong(each -> each.getValue().longValue())
        .sum();
  }

  /** The least of some tries: what the server does by itself now and then is not meant. */
  private static long costOf(Runnable asked) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      long before = statements();
      asked.run();
      least = Math.min(least, statements() - before);
    }
    return least;
  }

  private static JsonArray rooms(Person reader, String query) {
    Person.Answer answer = reader.get("/chat/rooms" + query);
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body().getJsonArray("items");
  }

  @Test
  void twoHundredRoomsAreOneStatement() {
    bob.room("group");
    for (String each :
        new String[] {
          """
          insert into rooms (id, kind, name, name_key, created_by, version)
          select md5('many' || i)::uuid, 'group', 'Room ' || i, 'room ' || i, '%1$s', 1 from generate_series(1, 200) i
          """,
          """
          insert into room_heads (room_id, last_seq, version, member_count)
          select md5('many' || i)::uuid, 1, 3, 1 from generate_series(1, 200) i
          """,
          """
          insert into members (room_id, user_id, role, version)
          select md5('many' || i)::uuid, '%1$s', 'owner', 2 from generate_series(1, 200) i
          """,
          """
          insert into read_marks (room_id, user_id, read_seq, user_version)
          select md5('many' || i)::uuid, '%1$s', 0, 1 from generate_series(1, 200) i
          """,
          """
          insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
          select room_key, 1, 3, gen_random_uuid(), '%1$s', 'hello', 1, now()
          from room_heads join members using (room_id) where user_id = '%1$s'
          """
        }) {
      SERVER.sql(each.formatted(ann.id()));
    }
    SERVER.sql("update user_heads set version = 1 where user_id = '" + ann.id() + "'");
    JsonArray all = rooms(ann, "");
    assertEquals(200, all.size());
    JsonObject one = all.getJsonObject(77);
    assertEquals(1, one.getJsonObject("me").getInteger("unread"));
    assertEquals("hello", one.getJsonObject("lastMessage").getString("text"));
    assertEquals(1, rooms(bob, "").size());
    long ofOne = costOf(() -> rooms(bob, ""));
    assertEquals(1, ofOne, "a list of one room is one statement");
    assertEquals(ofOne, costOf(() -> rooms(ann, "")), "and so is one of two hundred");
    assertEquals(ofOne, costOf(() -> rooms(ann, "?since=0")));
  }

  @Test
  void roomOfFiveThousandOpensWithOnePageOfThem() {
    String room = ann.room("group", bob);
    Crowd.settle(SERVER.database(), room, 4_998);
    String path = "/chat/rooms/" + room;
    JsonObject seen = bob.get(path).body();
    assertEquals(5_000, seen.getInteger("memberCount"));
    assertFalse(seen.containsKey("members"));
    assertTrue(seen.encode().length() < 2_000, "the room itself is small");
    assertEquals(1, costOf(() -> bob.get(path + "/members?limit=50")));
    JsonObject page = bob.get(path + "/members?limit=50").body();
    assertEquals(50, page.getJsonArray("items").size());
    Set<String> everybody = new HashSet<>();
    String after = "";
    do {
      page = bob.get(path + "/members?limit=200" + after).body();
      page.getJsonArray("items")
          .forEach(
              each -> everybody.add(((JsonObject) each).getJsonObject("user").getString("id")));
      after = "&after=" + page.getString("next");
    } while (page.containsKey("next"));
    assertEquals(5_000, everybody.size());
    JsonObject full = new JsonObject().put("role", "moderator");
    assertEquals(200, ann.patch(path + "/members/" + bob.id(), full).status());
    assertEquals(
        409, bob.put(path + "/members/" + SERVER.person("eve").id(), null).status(), "it is full");
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is banned is out, and comes in by no door. */
class BansIT {
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

  private static String ban(String room, Person whom) {
    return "/chat/rooms/" + room + "/bans/" + whom.id();
  }

  private static JsonArray bans(Person who, String room) {
    return who.get("/chat/rooms/" + room + "/bans").body().getJsonArray("items");
  }

  private static String token(Person maker, String room) {
    return maker
        .post("/chat/rooms/" + room + "/invites", new JsonObject())
        .body()
        .getString("token");
  }

  private void makeModerator(Person person, String room) {
    server.sql(
        "update members set role = 'moderator' where user_id = '"
            + person.id()
            + "' and room_id = '"
            + room
            + "'");
  }

  @Test
  void bannedMemberIsOutAndFindsNoDoor() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    String token = token(ann, room);
    BusSocket ear = bob.socket();
    ear.registerRoom(room);
    Replica replica = new Replica(ann, room, ann.socket());
    assertEquals(204, ann.put(ban(room, bob), null).status());
    ann.say(room, "without bob");
    assertEquals(404, bob.get("/chat/rooms/" + room).status());
    assertEquals(404, bob.get("/chat/invites/" + token).status());
    assertEquals(404, bob.post("/chat/invites/" + token + "/accept", null).status());
    assertEquals(404, bob.post("/chat/rooms/" + room + "/join", null).status());
    assertEquals(409, ann.put("/chat/rooms/" + room + "/members/" + bob.id(), null).status());
    assertEquals(List.of(), ear.heard(room, "message"));
    JsonObject kept = bans(ann, room).getJsonObject(0);
    assertEquals("bob", kept.getJsonObject("user").getString("username"));
    assertEquals("ann", kept.getJsonObject("by").getString("username"));
    JsonObject line =
        ann.sync(room, 0).getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .filter(item -> item.getString("type").equals("line"))
            .map(item -> item.getJsonObject("line"))
            .filter(each -> each.getString("kind").equals("banned"))
            .findFirst()
            .orElseThrow();
    assertEquals(bob.id(), line.getJsonObject("subject").getString("id"));
    Await.until(
        "ann's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(ann, room)));

    assertEquals(204, ann.delete(ban(room, bob)).status());
    assertEquals(204, ann.delete(ban(room, bob)).status());
    assertEquals(0, bans(ann, room).size());
    assertEquals(404, bob.get("/chat/rooms/" + room).status(), "lifted is not brought back");
    assertEquals(200, bob.post("/chat/invites/" + token + "/accept", null).status());
  }

  @Test
  void banOfAPublicRoomIsToldToWhoeverIsBanned() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("public");
    String token = token(ann, room);
    assertEquals(204, ann.put(ban(room, bob), null).status(), "also who was never in");
    assertEquals(204, ann.put(ban(room, bob), null).status());
    assertEquals(1, bans(ann, room).size());
    for (String door :
        List.of("/chat/rooms/" + room + "/join", "/chat/invites/" + token + "/accept")) {
      JsonObject refusal = bob.post(door, null).body();
      assertEquals(403, refusal.getInteger("status"), door);
      assertEquals("You are banned from this room", refusal.getString("detail"), door);
    }
    assertEquals(200, bob.get("/chat/rooms/" + room).status());
    String here = " where room_id = '" + room + "'";
    assertEquals("0", server.query("select uses from invites" + here));
    assertEquals("1", server.query("select count(*) from lines" + here), "told once");
  }

  @Test
  void onlyModeratorsBanAndOnlyThoseBelowThem() {
    Person ann = person("ann");
    Person mod = person("mod");
    Person other = person("other");
    Person bob = person("bob");
    Person eve = person("eve");
    String room = ann.room("group", mod, other, bob);
    makeModerator(mod, room);
    makeModerator(other, room);
    assertEquals(403, bob.put(ban(room, eve), null).status());
    assertEquals(403, bob.delete(ban(room, eve)).status());
    assertEquals(403, bob.get("/chat/rooms/" + room + "/bans").status());
    assertEquals(403, mod.put(ban(room, ann), null).status());
    assertEquals(403, mod.put(ban(room, other), null).status());
    assertEquals(409, ann.put(ban(room, ann), null).status());
    assertEquals(404, eve.put(ban(room, bob), null).status());
    assertEquals(204, mod.put(ban(room, bob), null).status());
    assertEquals(204, ann.put(ban(room, mod), null).status());
    String direct = ann.room("direct", bob);
    assertEquals(409, ann.put(ban(direct, bob), null).status());
    assertEquals(
        404,
        ann.put("/chat/rooms/" + room + "/bans/00000000-0000-4000-8000-000000000000", null)
            .status());
    assertEquals(2, bans(ann, room).size());
    assertEquals(
        "2", server.query("select member_count from room_heads where room_id = '" + room + "'"));
  }

  @Test
  void roomBansAtMostAThousand() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group");
    server.sql(
        "insert into users (id, username, username_key, username_skeleton, display_name, display_key, password_hash, role)"
            + " select gen_random_uuid(), 'u' || i, 'u' || i, 'u' || i, 'u', 'u', password_hash, 'user'"
            + " from users, generate_series(1, 1000) i where username = 'ann'");
    server.sql(
        "insert into bans (room_id, user_id, by_id) select '"
            + room
            + "', id, '"
            + ann.id()
            + "' from users where username_key ~ '^u[0-9]+$'");
    assertEquals(409, ann.put(ban(room, bob), null).status());
    assertEquals(1000, bans(ann, room).size());
  }

  @Test
  void deletedAccountIsNoLongerNamed() {
    Person ann = person("ann");
    Person cat = person("cat");
    String room = ann.room("group", cat);
    ann.put(ban(room, cat), null);
    assertEquals(204, cat.delete("/users/me?messages=keep").status());
    assertEquals(0, bans(ann, room).size());
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links that let people into a room, and that let nobody in once they are over. */
class InvitesIT {
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

  private static String invites(String room) {
    return "/chat/rooms/" + room + "/invites";
  }

  private static JsonObject made(Person maker, String room, JsonObject wish) {
    Answer answer = maker.post(invites(room), wish);
    assertEquals(201, answer.status(), answer.body()::encode);
    return answer.body();
  }

  private static String token(Person maker, String room) {
    return made(maker, room, new JsonObject()).getString("token");
  }

  private static Answer look(Person who, String token) {
    return who.get("/chat/invites/" + token);
  }

  private static Answer accept(Person who, String token) {
    return who.post("/chat/invites/" + token + "/accept", null);
  }

  private static JsonArray listed(Person who, String room) {
    return who.get(invites(room)).body().getJsonArray("items");
  }

  private static JsonObject withoutInstance(Answer answer) {
    JsonObject body = answer.body().copy();
    body.remove("instance");
    return body;
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
  void whoeverOpensALinkIsInTheRoomAndEverybodyReadsOfIt() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group");
    ann.say(room, "before bob");
    JsonObject link = made(ann, room, new JsonObject().put("expiresInHours", 1).put("maxUses", 2));
    String token = link.getString("token");
    assertEquals(server.url() + "/#/join/" + token, link.getString("url"));
    assertEquals(43, token.length(), "256 bits");
    assertEquals("ann", link.getJsonObject("createdBy").getString("username"));

    JsonObject seen = look(bob, token).body();
    assertEquals(
        new JsonObject()
            .put("id", room)
            .put("kind", "group")
            .put("name", "Room of ann")
            .put("memberCount", 1),
        seen.getJsonObject("room"));
    assertEquals(404, bob.get("/chat/rooms/" + room).status(), "looking is not joining");

    BusSocket ear = ann.socket();
    ear.registerRoom(room);
    BusSocket own = bob.socket();
    own.register("user." + bob.id());
    Answer in = accept(bob, token);
    assertEquals(200, in.status(), in.body()::encode);
    assertEquals("member", in.body().getJsonObject("me").getString("role"));
    assertEquals(2, in.body().getInteger("memberCount"));
    JsonObject line =
        ear.await(
                "the line",
                frame ->
                    "line".equals(frame.getJsonObject("body", new JsonObject()).getString("type")))
            .getJsonObject("body")
            .getJsonObject("line");
    assertEquals("joined", line.getString("kind"));
    assertEquals(bob.id(), line.getJsonObject("actor").getString("id"));
    own.await(
        "bob's other devices",
        frame ->
            "room-added".equals(frame.getJsonObject("body", new JsonObject()).getString("type")));
    assertEquals(List.of("before bob"), bob.history(room));

    assertEquals(200, accept(bob, token).status(), "once more answers the same");
    JsonObject row = listed(ann, room).getJsonObject(0);
    assertEquals(1, row.getInteger("uses"), "who is in already costs no use");
    assertFalse(row.containsKey("token") || row.containsKey("url"), row::encode);
    assertEquals(
        "0",
        server.query(
            "select count(*) from invites where encode(hash, 'escape') like '%" + token + "%'"));
  }

  /** S48: no use is counted twice, and none is lost. */
  @Test
  void s48OneUseLetsOneInHoweverManyTryAtOnce() throws Exception {
    Person ann = person("ann");
    String room = ann.room("group");
    String token = made(ann, room, new JsonObject().put("maxUses", 1)).getString("token");
    List<Person> guests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      guests.add(person("guest" + i));
    }
    ExecutorService many = Executors.newFixedThreadPool(50);
    try {
      List<CompletableFuture<String>> tries = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Person guest = guests.get(i % guests.size());
        tries.add(
            CompletableFuture.supplyAsync(
                () -> accept(guest, token).status() + " " + guest.name(), many));
      }
      Map<String, Long> answers =
          tries.stream()
              .map(CompletableFuture::join)
              .collect(Collectors.groupingBy(answer -> answer, Collectors.counting()));
      assertEquals(10, answers.size(), "all tries of one are answered alike " + answers);
      assertEquals(1, answers.keySet().stream().filter(answer -> answer.startsWith("200")).count());
      assertEquals(9, answers.keySet().stream().filter(answer -> answer.startsWith("404")).count());
    } finally {
      many.shutdown();
    }
    assertEquals(
        "1 2 2",
        server.query(
            "select i.uses || ' ' || h.member_count || ' ' || (select count(*) from members m where m.room_id = h.room_id)"
                + " from invites i join room_heads h using (room_id) where room_id = '"
                + room
                + "'"));
  }

  /** S48: whatever is wrong with a link, the answer is that of one that never was. */
  @Test
  void s48DeadLinksAreLikeLinksThatNeverWere() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person mod = person("mod");
    Person eve = person("eve");
    String room = ann.room("group", mod);
    String other = ann.room("group");
    makeModerator(mod, room);

    String revoked = token(ann, room);
    String id = listed(ann, room).getJsonObject(0).getString("id");
    assertEquals(404, ann.delete(invites(other) + "/" + id).status(), "of another room");
    assertEquals(204, ann.delete(invites(room) + "/" + id).status());
    assertEquals(404, ann.delete(invites(room) + "/" + id).status());

    String usedUp = made(ann, room, new JsonObject().put("maxUses", 1)).getString("token");
    assertEquals(200, accept(bob, usedUp).status());
    String expired = token(ann, room);
    server.sql(
        "update invites set expires_at = now() - interval '1 second' where uses = 0 and room_id = '"
            + room
            + "'");
    assertEquals(0, listed(ann, room).size());

    String ofNobody = token(mod, room);
    ann.delete("/chat/rooms/" + room + "/members/" + mod.id());
    String gone = token(ann, other);
    ann.post("/chat/rooms/" + other + "/leave", null);

    Answer never = look(eve, "A".repeat(43));
    assertEquals(404, never.status());
    for (String token : List.of(revoked, usedUp, expired, ofNobody, gone, "nonsense", "%20")) {
      assertEquals(404, look(eve, token).status(), token);
      assertEquals(withoutInstance(never), withoutInstance(look(eve, token)), token);
      assertEquals(withoutInstance(never), withoutInstance(accept(eve, token)), token);
    }
    assertEquals(0, eve.get("/chat/rooms").body().getJsonArray("heads").size());
    assertEquals(0, listed(ann, room).size());
    token(ann, room);
    assertEquals("1", server.query("select count(*) from invites where room_id = '" + room + "'"));
  }

  @Test
  void onlyModeratorsInviteAndOnlyToRoomsOfMany() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person eve = person("eve");
    String room = ann.room("public", bob);
    assertEquals(403, bob.post(invites(room), new JsonObject()).status());
    assertEquals(403, bob.get(invites(room)).status());
    token(ann, room);
    String id = listed(ann, room).getJsonObject(0).getString("id");
    assertEquals(403, bob.delete(invites(room) + "/" + id).status());
    assertEquals(403, eve.post(invites(room), new JsonObject()).status(), "join first");
    makeModerator(bob, room);
    token(bob, room);
    assertEquals(2, listed(bob, room).size());
    String direct = ann.room("direct", bob);
    assertEquals(409, ann.post(invites(direct), new JsonObject()).status());
    assertEquals(404, eve.get(invites(direct)).status());
    for (JsonObject wrong :
        List.of(
            new JsonObject().put("expiresInHours", 0),
            new JsonObject().put("expiresInHours", 721),
            new JsonObject().put("maxUses", 0),
            new JsonObject().put("maxUses", 1001),
            new JsonObject().put("role", "owner"))) {
      assertEquals(400, ann.post(invites(room), wrong).status(), wrong::encode);
    }
    assertEquals(401, Person.stranger(server.url()).get("/chat/invites/abc").status());
  }

  @Test
  void roomHasAtMostAHundredLinksThatWork() {
    Person ann = person("ann");
    String room = ann.room("group");
    server.sql(
        "insert into invites (id, room_id, hash, created_by, expires_at) select gen_random_uuid(), '"
            + room
            + "', sha256(i::text::bytea), '"
            + ann.id()
            + "', now() + interval '1 hour' from generate_series(1, 100) i");
    assertEquals(409, ann.post(invites(room), new JsonObject()).status());
    server.sql(
        "update invites set expires_at = now() where id = (select id from invites where room_id = '"
            + room
            + "' limit 1)");
    token(ann, room);
    assertEquals(100, listed(ann, room).size());
  }

  /** A full room, or a person in too many, costs no use. */
  @Test
  void whoCannotComeInCostsNoUse() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group");
    String token = made(ann, room, new JsonObject().put("maxUses", 1)).getString("token");
    String head = " where room_id = '" + room + "'";
    server.sql("update room_heads set member_count = 5000" + head);
    assertEquals(409, accept(bob, token).status());
    server.sql("update room_heads set member_count = 1" + head);
    assertEquals(200, accept(bob, token).status());
  }

  @Test
  void makersWhoDeleteTheirAccountTakeTheirLinksAlong() {
    Person cat = person("cat");
    Person bob = person("bob");
    String token = token(cat, cat.room("group", bob));
    assertEquals(204, cat.delete("/users/me?messages=keep").status());
    assertEquals(404, look(bob, token).status());
    assertEquals(
        "0", server.query("select count(*) from invites where created_by = '" + cat.id() + "'"));
  }
}

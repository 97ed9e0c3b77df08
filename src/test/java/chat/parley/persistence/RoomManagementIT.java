package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names, settings and roles: who may change them, who hears of it, and what the timeline says. */
class RoomManagementIT {
  private static final TestServer SERVER = new TestServer();

  /** Owner, moderator and member of most rooms here, and somebody who is in none. */
  private static Person ann;

  private static Person mo;
  private static Person bob;
  private static Person eve;

  @BeforeAll
  static void start() {
    SERVER.beforeEach(null);
    ann = SERVER.person("ann");
    mo = SERVER.person("mo");
    bob = SERVER.person("bob");
    eve = SERVER.person("eve");
  }

  @AfterAll
  static void stop() {
    SERVER.afterEach(null);
  }

  private static String room(String kind) {
    String room = ann.room(kind, mo, bob);
    assertEquals(200, role(ann, room, mo, "moderator").status());
    return room;
  }

  private static Person.Answer role(Person actor, String room, Person whom, String role) {
    return actor.patch(member(room, whom), new JsonObject().put("role", role));
  }

  private static String member(String room, Person whom) {
    return "/chat/rooms/" + room + "/members/" + whom.id();
  }

  private static Person.Answer change(Person actor, String room, String field, Object value) {
    return actor.patch("/chat/rooms/" + room, new JsonObject().put(field, value));
  }

  private static JsonObject seen(Person reader, String room) {
    return reader.get("/chat/rooms/" + room).body();
  }

  private static String roleOf(Person whom, String room) {
    return seen(whom, room).getJsonObject("me").getString("role");
  }

  /** Events of a type since a version, as a member catches up with them. */
  private static List<JsonObject> events(Person reader, String room, long since, String type) {
    return reader.sync(room, since).getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(event -> event.getString("type").equals(type))
        .toList();
  }

  /** The lines since a version, as {@code kind actor subject text}. */
  private static List<String> lines(Person reader, String room, long since) {
    return events(reader, room, since, "line").stream()
        .map(event -> said(event.getJsonObject("line")))
        .toList();
  }

  private static String said(JsonObject line) {
    List<String> words = new ArrayList<>(List.of(line.getString("kind")));
    words.add(line.getJsonObject("actor").getString("username"));
    if (line.containsKey("subject")) {
      words.add(line.getJsonObject("subject").getString("username"));
    }
    if (line.containsKey("text")) {
      words.add(line.getString("text"));
    }
    return String.join(" ", words);
  }

  private static long version(Person reader, String room) {
    return seen(reader, room).getLong("version");
  }

  @Test
  void ownerChangesEverythingAndEverybodyHears() {
    String room = room("group");
    BusSocket socket = bob.socket();
    Replica replica = new Replica(bob, room, socket);
    Await.until("registered", () -> !socket.heard(room, "head").isEmpty());
    long before = version(bob, room);
    JsonObject wish =
        new JsonObject()
            .put("name", " The new name ")
            .put("topic", "What it is about")
            .put("kind", "public")
            .put("posting", "moderators")
            .put("history", "joined")
            .put("archived", true);
    Person.Answer changed = ann.patch("/chat/rooms/" + room, wish);
    assertEquals(200, changed.status(), changed.body()::encode);
    assertEquals("The new name", changed.body().getString("name"));
    assertEquals("owner", changed.body().getJsonObject("me").getString("role"));
    assertEquals(before + 7, changed.body().getLong("version"));
    Await.until("the lines came", () -> socket.heard(room, "line").size() == 6);
    JsonObject heard = socket.heard(room, "room").get(0);
    assertEquals(before + 1, heard.getLong("version"));
    assertEquals("What it is about", heard.getJsonObject("room").getString("topic"));
    assertEquals(
        Set.of("id", "kind", "name", "topic", "archivedAt", "posting", "history", "version"),
        heard.getJsonObject("room").fieldNames());
    assertEquals(
        List.of(
            "renamed ann The new name",
            "topic ann What it is about",
            "kind ann public",
            "posting ann moderators",
            "history ann joined",
            "archived ann"),
        lines(bob, room, before));
    Await.until(
        "bob's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(bob, room)));
    JsonObject open = new JsonObject().put("archived", false).put("topic", " ");
    JsonObject reopened = ann.patch("/chat/rooms/" + room, open).body();
    assertFalse(reopened.containsKey("archivedAt") || reopened.containsKey("topic"));
    assertEquals(List.of("topic ann", "restored ann"), lines(bob, room, before + 7));
    assertTrue(
        eve.get("/chat/directory?q=the%20new").body().encode().contains(room),
        "public now, so it is found");
  }

  @Test
  void wishForWhatIsSoChangesNothing() {
    String room = room("group");
    JsonObject wish = new JsonObject().put("name", "Same").put("archived", true);
    JsonObject first = ann.patch("/chat/rooms/" + room, wish).body();
    JsonObject again = ann.patch("/chat/rooms/" + room, wish).body();
    assertEquals(first, again);
    long version = version(ann, room);
    assertEquals(200, change(ann, room, "topic", "").status());
    assertEquals(200, role(ann, room, mo, "moderator").status());
    assertEquals(200, role(ann, room, ann, "owner").status());
    assertEquals(version, version(ann, room));
  }

  @Test
  void wrongWordsAreRefused() {
    String room = room("group");
    assertEquals(400, change(ann, room, "name", "   ").status());
    assertEquals(400, change(ann, room, "name", "x".repeat(81)).status());
    assertEquals(400, change(ann, room, "name", "two\nlines").status());
    assertEquals(400, change(ann, room, "topic", "x".repeat(501)).status());
    assertEquals(400, change(ann, room, "kind", "direct").status());
    assertEquals(200, change(ann, room, "topic", "👍".repeat(500)).status());
    assertEquals(400, ann.patch("/chat/rooms/" + room, new JsonObject()).status());
  }

  @Test
  void moderatorsDescribeAndKeepTheDoorOwnersSetUp() {
    String room = room("group");
    assertEquals(200, change(mo, room, "name", "By mo").status());
    assertEquals(200, change(mo, room, "topic", "By mo").status());
    for (Map.Entry<String, Object> each :
        Map.<String, Object>of(
                "kind", "public", "archived", true, "posting", "moderators", "history", "joined")
            .entrySet()) {
      assertEquals(403, change(mo, room, each.getKey(), each.getValue()).status(), each::getKey);
      assertEquals(403, change(bob, room, each.getKey(), each.getValue()).status(), each::getKey);
    }
    assertEquals(403, change(bob, room, "name", "By bob").status());
    assertEquals(
        403,
        mo.patch("/chat/rooms/" + room, new JsonObject().put("name", "x").put("archived", true))
            .status());
    assertEquals("By mo", seen(bob, room).getString("name"));
    assertEquals(200, mo.put(member(room, eve), null).status());
    assertEquals(204, mo.delete(member(room, eve)).status());
    assertEquals(204, mo.delete(member(room, bob)).status());
    assertEquals(403, mo.delete(member(room, ann)).status());
    assertEquals(403, mo.delete(member(room, mo)).status());
    assertEquals(403, role(mo, room, ann, "member").status());
    assertEquals(403, role(mo, room, mo, "owner").status());
  }

  @Test
  void severalMayOwnAndSomebodyAlwaysDoes() {
    String room = room("group");
    assertEquals(409, role(ann, room, ann, "member").status());
    JsonObject member = role(ann, room, bob, "owner").body();
    assertEquals("owner", member.getString("role"));
    assertEquals(member, role(ann, room, bob, "owner").body());
    assertEquals(403, role(ann, room, bob, "member").status(), "nobody demotes an owner");
    assertEquals(403, ann.delete(member(room, bob)).status());
    assertEquals(200, role(ann, room, ann, "member").status());
    assertEquals("member", roleOf(ann, room));
    assertEquals(409, role(bob, room, bob, "moderator").status());
    assertEquals(403, role(ann, room, mo, "member").status());
    assertEquals(200, role(bob, room, mo, "member").status());
    assertEquals(
        List.of(
            "role ann mo moderator", "role ann bob owner", "role ann member", "role bob mo member"),
        lines(bob, room, 0));
    assertEquals(404, role(bob, room, eve, "member").status());
    assertEquals(400, role(bob, room, mo, "king").status());
  }

  @Test
  void lastOwnerWhoLeavesHandsOverToTheModeratorFirst() {
    String room = ann.room("group", bob);
    assertEquals(200, ann.put(member(room, mo), null).status());
    assertEquals(200, role(ann, room, mo, "moderator").status());
    long before = version(ann, room);
    assertEquals(204, ann.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals("owner", roleOf(mo, room), "mo came later than bob, but is a moderator");
    assertEquals(List.of("left ann", "role ann mo owner"), lines(bob, room, before));
    assertEquals(before + 4, version(bob, room));
    assertEquals(200, role(mo, room, bob, "owner").status());
    before = version(bob, room);
    assertEquals(204, mo.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(List.of("left mo"), lines(bob, room, before), "there was another owner");
    assertEquals(204, bob.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(404, bob.get("/chat/rooms/" + room).status());
  }

  @Test
  void comingAndGoingIsSaidUnlessTheRoomIsACrowd() {
    String room = ann.room("public", bob);
    long before = version(ann, room);
    assertEquals(200, eve.post("/chat/rooms/" + room + "/join", null).status());
    assertEquals(200, eve.post("/chat/rooms/" + room + "/join", null).status());
    assertEquals(200, ann.put(member(room, mo), null).status());
    assertEquals(204, eve.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(204, ann.delete(member(room, bob)).status());
    assertEquals(204, ann.delete(member(room, bob)).status());
    assertEquals(
        List.of("joined eve", "added ann mo", "left eve", "removed ann bob"),
        lines(ann, room, before));
    assertEquals(before + 8, version(ann, room));
    Crowd.settle(SERVER.database(), room, 98);
    before = version(ann, room);
    assertEquals(200, eve.post("/chat/rooms/" + room + "/join", null).status());
    assertEquals(before + 1, version(ann, room), "the 101st takes no line");
    assertEquals(204, eve.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(List.of("left eve"), lines(ann, room, before), "100 are no crowd");
  }

  /** Every line is in exactly one page, whichever way the pages go. */
  @Test
  void pagesOfHistoryCarryTheLinesOfTheirStretch() {
    String room = ann.room("group");
    change(ann, room, "topic", "at first");
    assertEquals(List.of("topic ann at first"), pageLines(page(ann, room, "")));
    for (int i = 1; i <= 9; i++) {
      ann.say(room, "message " + i);
      if (i % 3 == 0) {
        change(ann, room, "topic", "after " + i);
      }
    }
    JsonObject newest = page(ann, room, "limit=4");
    assertEquals(List.of("topic ann after 6", "topic ann after 9"), pageLines(newest));
    JsonObject older = page(ann, room, "limit=3&before=" + newest.getLong("next"));
    assertEquals(List.of("topic ann after 3"), pageLines(older));
    JsonObject oldest = page(ann, room, "limit=3&before=" + older.getLong("next"));
    assertEquals(List.of("topic ann at first"), pageLines(oldest));
    JsonObject first = page(ann, room, "limit=3&after=0");
    assertEquals(List.of("topic ann at first", "topic ann after 3"), pageLines(first));
    JsonObject second = page(ann, room, "limit=3&after=" + first.getLong("next"));
    assertEquals(List.of("topic ann after 6"), pageLines(second));
    JsonObject last = page(ann, room, "limit=3&after=" + second.getLong("next"));
    assertEquals(List.of("topic ann after 9"), pageLines(last));
    assertEquals(List.of(), pageLines(page(ann, room, "after=9")), "they came with message 9");
    assertEquals(6, last.getJsonArray("lines").getJsonObject(0).getLong("after") - 3);
  }

  private static JsonObject page(Person reader, String room, String query) {
    Person.Answer page = reader.get("/chat/rooms/" + room + "/messages?" + query);
    assertEquals(200, page.status(), page.body()::encode);
    return page.body();
  }

  private static List<String> pageLines(JsonObject page) {
    return page.getJsonArray("lines").stream().map(line -> said((JsonObject) line)).toList();
  }

  @Test
  void i11_linesFromBeforeSomebodyCameAreNotTheirs() {
    String room = ann.room("group");
    change(ann, room, "topic", "old secret");
    ann.say(room, "old secret");
    change(ann, room, "history", "joined");
    assertEquals(200, ann.put(member(room, eve), null).status());
    assertEquals(List.of("added ann eve"), pageLines(page(eve, room, "")));
    assertEquals(List.of("added ann eve"), pageLines(page(eve, room, "after=0")));
    assertEquals(List.of("added ann eve"), lines(eve, room, 0));
  }

  @Test
  void manyLinesComeAsTheNewestOfThem() {
    String room = ann.room("group");
    SERVER.sql(
        """
        insert into lines (room_id, version, after_seq, kind, actor_id, text)
        select '%s', 2 + i, 0, 'topic', '%s', 'topic ' || i from generate_series(1, 300) i
        """
            .formatted(room, ann.id()));
    SERVER.sql("update room_heads set version = 302 where room_id = '" + room + "'");
    List<String> lines = pageLines(page(ann, room, ""));
    assertEquals(200, lines.size());
    assertEquals("topic ann topic 101", lines.get(0));
    assertEquals("topic ann topic 300", lines.get(199));
  }

  @Test
  void i10_theRemovedHearTheirRemovalAndNoLine() {
    String room = room("group");
    BusSocket socket = bob.socket();
    socket.registerRoom(room);
    BusSocket other = mo.socket();
    other.registerRoom(room);
    assertEquals(204, ann.delete(member(room, bob)).status());
    Await.until("mo heard the line", () -> !other.heard(room, "line").isEmpty());
    Await.until("bob heard that he is gone", () -> !socket.heard(room, "member").isEmpty());
    assertEquals(List.of(), socket.heard(room, "line"));
  }

  /** Operation by person by kind of room: the status, and the same bytes where there is nothing. */
  @Test
  void s41_whoMayNotSeeARoomCannotTellItFromNone() {
    String group = room("group");
    String open = room("public");
    String direct = ann.room("direct", bob);
    String absent = UUID.randomUUID().toString();
    Person nobody = Person.stranger(SERVER.url());
    Person exMember = mo;
    assertEquals(204, ann.delete(member(group, mo)).status());
    for (boolean ofMember : List.of(false, true)) {
      for (Person each : List.of(eve, exMember)) {
        String none = matrix(each, absent, ofMember);
        assertTrue(none.startsWith("404 "), none);
        assertEquals(none, matrix(each, group, ofMember));
        assertEquals(none, matrix(each, direct, ofMember));
      }
      assertTrue(matrix(eve, open, ofMember).startsWith("403 "));
      assertTrue(matrix(bob, group, ofMember).startsWith("403 "));
      assertTrue(matrix(bob, direct, ofMember).startsWith("409 "));
      assertTrue(matrix(ann, direct, ofMember).startsWith("409 "));
      for (String each : List.of(group, open, direct, absent)) {
        assertTrue(matrix(nobody, each, ofMember).startsWith("401 "));
      }
    }
    assertEquals("Room of ann", seen(ann, group).getString("name"));
  }

  /** The answer, without what is the request's own. */
  private static String matrix(Person who, String room, boolean ofMember) {
    Person.Answer answer =
        ofMember ? role(who, room, ann, "member") : change(who, room, "name", "taken over");
    answer.body().remove("instance");
    return answer.status() + " " + answer.body().encode();
  }
}

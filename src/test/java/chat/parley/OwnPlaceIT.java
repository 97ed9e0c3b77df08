package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody sets in a room for themselves: theirs alone, and the same on all their devices. */
class OwnPlaceIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static JsonObject set(Person who, String room, String field, Object value) {
    Person.Answer answer =
        who.patch("/chat/rooms/" + room + "/me", new JsonObject().put(field, value));
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body();
  }

  private static JsonObject place(Person who, String room) {
    return who.get("/chat/rooms/" + room).body().getJsonObject("me");
  }

  private static JsonObject placeSince(Person who, long version, String room) {
    JsonObject mine = who.get("/chat/rooms?since=" + version).body();
    return mine.getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(item -> item.getString("id").equals(room))
        .map(item -> item.getJsonObject("me"))
        .findFirst()
        .orElse(null);
  }

  private static long version(Person who) {
    return who.get("/chat/rooms?since=0").body().getLong("version");
  }

  @Test
  void whatISetIsMineAloneAndOnAllMyDevices() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "hello");
    JsonObject before = place(bob, room);
    assertEquals("all", before.getString("notifications"));
    BusSocket elsewhere = ann.socket();
    elsewhere.register("user." + ann.id());
    long since = version(ann);

    assertEquals(
        "mentions", set(ann, room, "notifications", "mentions").getString("notifications"));
    assertTrue(set(ann, room, "pinned", true).containsKey("pinnedAt"));
    assertEquals(1, set(ann, room, "hidden", true).getLong("hiddenSeq"));
    JsonObject last = set(ann, room, "unread", true);
    assertEquals(
        last,
        new JsonObject()
            .put("role", "owner")
            .put("readSeq", 1)
            .put("unread", 0)
            .put("mentions", 0)
            .put("markedUnread", true)
            .put("notifications", "mentions")
            .put("pinnedAt", last.getString("pinnedAt"))
            .put("hiddenSeq", 1));

    JsonObject told =
        elsewhere.await(
            "the fourth change is told",
            frame ->
                frame.getJsonObject("body", new JsonObject()).getLong("version", 0L) == since + 4);
    assertEquals("place", told.getJsonObject("body").getString("type"));
    assertEquals(room, told.getJsonObject("body").getString("roomId"));
    assertEquals(last, told.getJsonObject("body").getJsonObject("me"));
    assertEquals(last, place(ann, room));
    assertEquals(last, placeSince(ann, since, room), "for a device that was away");
    assertEquals(since + 4, version(ann));
    assertEquals(before, place(bob, room));

    set(ann, room, "pinned", true);
    assertEquals(last, set(ann, room, "hidden", true));
    assertEquals(since + 4, version(ann), "nothing was changed");
    ann.say(room, "it shows again");
    assertEquals(1, place(ann, room).getLong("hiddenSeq"), "below the last seq: it shows again");

    set(ann, room, "notifications", "all");
    set(ann, room, "pinned", false);
    set(ann, room, "hidden", false);
    JsonObject plain = set(ann, room, "unread", false);
    assertEquals("all", plain.getString("notifications"));
    assertFalse(plain.containsKey("pinnedAt") || plain.containsKey("hiddenSeq"));
    assertFalse(plain.containsKey("markedUnread"));
  }

  @Test
  void readingTakesTheMarkOfUnreadAwayEverywhere() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    ann.say(room, "to myself");
    set(ann, room, "unread", true);
    BusSocket elsewhere = ann.socket();
    elsewhere.register("user." + ann.id());
    long since = version(ann);
    JsonObject read = new JsonObject().put("seq", 1);
    assertEquals(200, ann.put("/chat/rooms/" + room + "/read", read).status());
    JsonObject told =
        elsewhere.await(
            "it is told, though no mark rose",
            frame ->
                "read".equals(frame.getJsonObject("body", new JsonObject()).getString("type")));
    assertEquals(since + 1, told.getJsonObject("body").getLong("version"));
    assertFalse(place(ann, room).containsKey("markedUnread"));
    assertFalse(placeSince(ann, since, room).containsKey("markedUnread"));
    assertEquals(200, ann.put("/chat/rooms/" + room + "/read", read).status());
    assertEquals(since + 1, version(ann), "read once more changes nothing");
  }

  @Test
  void strangersAndThoseWhoLeftHaveNoPlace() {
    Person ann = server.person("ann");
    Person eve = server.person("eve");
    String room = ann.room("group");
    String open = ann.room("public");
    JsonObject wish = new JsonObject().put("pinned", true);
    Person.Answer foreign = eve.patch("/chat/rooms/" + room + "/me", wish);
    Person.Answer absent = eve.patch("/chat/rooms/" + eve.id() + "/me", wish);
    assertEquals(404, foreign.status());
    assertEquals(404, absent.status());
    foreign.body().remove("instance");
    absent.body().remove("instance");
    assertEquals(absent.body(), foreign.body());
    assertEquals(403, eve.patch("/chat/rooms/" + open + "/me", wish).status());
    assertEquals(200, eve.post("/chat/rooms/" + open + "/join", null).status());
    set(eve, open, "pinned", true);
    assertEquals(204, eve.post("/chat/rooms/" + open + "/leave", null).status());
    assertEquals(403, eve.patch("/chat/rooms/" + open + "/me", wish).status());
    assertEquals(200, eve.post("/chat/rooms/" + open + "/join", null).status());
    assertFalse(place(eve, open).containsKey("pinnedAt"), "whoever comes again begins anew");
  }
}

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody has begun to write: theirs alone, on all their devices. */
class DraftsIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Answer write(Person who, String room, String text) {
    return who.put("/chat/rooms/" + room + "/draft", new JsonObject().put("text", text));
  }

  private static Answer forget(Person who, String room) {
    return who.delete("/chat/rooms/" + room + "/draft");
  }

  private static JsonArray drafts(Person who) {
    return who.get("/chat/drafts").body().getJsonArray("items");
  }

  private static String count(String room) {
    return server.query("select count(*) from drafts where room_id = '" + room + "'");
  }

  private static long version(Person who) {
    return who.get("/chat/rooms?since=0").body().getLong("version");
  }

  private static JsonObject news(BusSocket own, long version) {
    return own.await(
            "version " + version,
            frame ->
                Long.valueOf(version)
                    .equals(frame.getJsonObject("body", new JsonObject()).getLong("version")))
        .getJsonObject("body");
  }

  @Test
  void draftIsMineAloneAndOnAllMyDevices() {
    server.person("admin");
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket own = ann.socket();
    own.register("user." + ann.id());
    long before = version(ann);
    long roomBefore = ann.get("/chat/rooms/" + room).body().getLong("version");

    JsonObject begun = new JsonObject().put("text", "  hel").put("replyTo", 6);
    Answer kept = ann.put("/chat/rooms/" + room + "/draft", begun);
    assertEquals(200, kept.status());
    assertEquals("  hel", kept.body().getString("text"), "as it is written");
    assertEquals(kept.body(), news(own, before + 1).getJsonObject("draft"));
    assertEquals(kept.body(), ann.put("/chat/rooms/" + room + "/draft", begun).body());
    assertEquals(before + 1, version(ann), "twice is one change");
    write(ann, room, "hello");
    assertFalse(news(own, before + 2).getJsonObject("draft").containsKey("replyTo"));
    assertEquals(1, drafts(ann).size());
    assertEquals(0, drafts(bob).size());

    assertEquals(204, forget(ann, room).status());
    assertEquals(204, forget(ann, room).status());
    JsonObject gone = news(own, before + 3);
    assertEquals("draft", gone.getString("type"));
    assertEquals(room, gone.getString("roomId"));
    assertFalse(gone.containsKey("draft"));
    assertEquals(before + 3, version(ann));
    assertEquals(
        roomBefore, ann.get("/chat/rooms/" + room).body().getLong("version"), "nobody is told");
  }

  @Test
  void draftsComeInPages() {
    Person cat = server.person("cat");
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rooms.add(cat.room("group"));
      write(cat, rooms.get(i), "draft " + i);
    }
    List<String> found = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonObject page = cat.get("/chat/drafts?limit=2" + next).body();
      page.getJsonArray("items")
          .forEach(item -> found.add(((JsonObject) item).getString("roomId")));
      next = page.containsKey("next") ? "&after=" + page.getString("next") : null;
    }
    assertEquals(rooms, found);
  }

  @Test
  void draftIsBoundedAsAMessageIs() {
    Person dan = server.person("dan");
    String room = dan.room("group");
    assertEquals(400, write(dan, room, " ").status());
    assertEquals(400, write(dan, room, "x".repeat(4_001)).status());
    assertEquals(400, write(dan, room, "a\u0000").status());
    assertEquals(200, write(dan, room, "x".repeat(4_000)).status());
  }

  @Test
  void draftGoesWithOnesPlaceAndWithTheAccount() {
    Person eve = server.person("eve");
    Person fay = server.person("fay");
    Person gil = server.person("gil");
    String room = eve.room("public", fay, gil);
    write(eve, room, "mine");
    write(fay, room, "fay's");
    write(gil, room, "gil's");
    assertEquals(204, fay.post("/chat/rooms/" + room + "/leave", null).status());
    assertEquals(0, drafts(fay).size());
    assertEquals(403, write(fay, room, "from outside").status());
    assertEquals(403, forget(fay, room).status());
    eve.delete("/chat/rooms/" + room + "/members/" + gil.id());
    assertEquals("1", count(room));
    fay.post("/chat/rooms/" + room + "/join", null);
    assertEquals(0, drafts(fay).size(), "nothing comes back");
    write(fay, room, "again");
    assertEquals(204, fay.delete("/users/me?messages=keep").status());
    assertEquals(
        "0", server.query("select count(*) from drafts where user_id = '" + fay.id() + "'"));
  }
}

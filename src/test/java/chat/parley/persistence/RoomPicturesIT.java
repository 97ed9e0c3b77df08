package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How rooms look: who may change it, who may see it, and who hears of it. */
class RoomPicturesIT {
  private static final TestServer SERVER = new TestServer();

  private static Person ann;
  private static Person bob;
  private static Person eve;

  @BeforeAll
  static void start() {
    SERVER.beforeEach(null);
    ann = SERVER.person("ann");
    bob = SERVER.person("bob");
    eve = SERVER.person("eve");
  }

  @AfterAll
  static void stop() {
    SERVER.afterEach(null);
  }

  private static String path(String room) {
    return "/chat/rooms/" + room + "/avatar";
  }

  private static Person.Bytes put(Person who, String room, int size) {
    return who.bytes(
        "PUT", path(room), Pictures.halves("png", size, size), "Content-Type", "image/png");
  }

  private static Person.Bytes get(Person who, String path, String... headers) {
    return who.bytes("GET", path, null, headers);
  }

  private static long version(Person reader, String room) {
    return reader.get("/chat/rooms/" + room).body().getLong("version");
  }

  @Test
  void pictureIsASquareOfOursAndEverybodyHears() {
    String room = ann.room("group", bob);
    BusSocket socket = bob.socket();
    socket.registerRoom(room);
    long before = version(ann, room);
    Person.Bytes put = put(ann, room, 300);
    assertEquals(200, put.status());
    String url = put.json().getString("avatarUrl");
    assertTrue(url.startsWith("/api/v1" + path(room) + "?v="), url);
    Await.until("bob hears", () -> !socket.heard(room, "line").isEmpty());
    JsonObject event = socket.heard(room, "room").get(0);
    assertEquals(url, event.getJsonObject("room").getString("avatarUrl"));
    assertEquals(before + 1, event.getLong("version"));
    JsonObject line = socket.heard(room, "line").get(0).getJsonObject("line");
    assertEquals("picture", line.getString("kind"));
    assertEquals(before + 2, put.json().getLong("version"));
    Person.Bytes seen = get(bob, url.substring("/api/v1".length()));
    assertEquals(200, seen.status());
    assertTrue(seen.header("Cache-Control").contains("immutable"));
    assertEquals("nosniff", seen.header("X-Content-Type-Options"));
    Person.Bytes plain = get(bob, path(room));
    assertEquals("private, no-cache", plain.header("Cache-Control"));
    assertArrayEquals(seen.body(), plain.body());
    assertEquals(304, get(bob, path(room), "If-None-Match", plain.header("ETag")).status());
    assertEquals(
        url,
        bob.get("/chat/rooms").body().getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("id").equals(room))
            .findFirst()
            .orElseThrow()
            .getString("avatarUrl"));
    assertEquals(200, put(ann, room, 300).status());
    assertEquals(before + 2, version(ann, room), "the same again changes nothing");
    assertFalse(ann.delete(path(room)).body().containsKey("avatarUrl"));
    assertEquals(before + 4, version(ann, room));
    assertEquals(200, ann.delete(path(room)).status());
    assertEquals(before + 4, version(ann, room));
    assertEquals(404, get(bob, path(room)).status());
  }

  @Test
  void s41_onlyWhoSeesTheRoomSeesItsPicture() {
    String room = ann.room("group", bob);
    put(ann, room, 60);
    Person nobody = Person.stranger(SERVER.url());
    assertEquals(401, get(nobody, path(room)).status());
    assertEquals(404, get(eve, path(room)).status());
    ann.delete("/chat/rooms/" + room + "/members/" + bob.id());
    assertEquals(404, get(bob, path(room)).status());
    ann.patch("/chat/rooms/" + room, new JsonObject().put("kind", "public"));
    assertEquals(200, get(eve, path(room)).status());
    assertEquals(401, get(nobody, path(room)).status());
    assertEquals(204, ann.delete("/chat/rooms/" + room).status());
    for (Person each : List.of(ann, eve)) {
      assertEquals(404, get(each, path(room)).status());
    }
    Await.until(
        "the bytes are gone",
        () ->
            SERVER
                .query("select count(*) from room_pictures where room_id = '" + room + "'")
                .equals("0"));
  }

  @Test
  void moderatorsAndOwnersDescribe() {
    String room = ann.room("group", bob);
    assertEquals(403, put(bob, room, 60).status());
    assertEquals(403, bob.delete(path(room)).status());
    assertEquals(404, put(eve, room, 60).status());
    assertEquals(404, eve.delete(path(room)).status());
    assertEquals(409, put(ann, ann.room("direct", eve), 60).status());
    ann.patch(
        "/chat/rooms/" + room + "/members/" + bob.id(), new JsonObject().put("role", "moderator"));
    assertEquals(200, put(bob, room, 60).status());
    byte[] html = "<html></html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(415, bob.bytes("PUT", path(room), html, "Content-Type", "image/png").status());
    assertEquals(415, bob.bytes("PUT", path(room), html, "Content-Type", "text/html").status());
  }
}

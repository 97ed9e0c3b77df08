package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.Person.Bytes;
import chat.parley.testing.Pictures;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that is kept of a person, for themselves and nobody else. */
class ExportIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static Map<String, byte[]> files(byte[] zip) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void zipHoldsAllOfMineAndNothingOfOthers() throws IOException {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    String silent = ann.room("direct", bob);
    String left = bob.room("group", ann);
    ann.say(left, "before I left");
    assertEquals(204, ann.post("/chat/rooms/" + left + "/leave", null).status());
    for (int i = 0; i < 230; i++) {
      ann.say(room, "mine " + i);
    }
    bob.say(room, "bob's own");
    JsonObject begun = new JsonObject().put("text", "begun to write");
    ann.put("/chat/rooms/" + room + "/draft", begun);
    String tomorrow = java.time.Instant.now().plusSeconds(86_400).toString();
    JsonObject later = new JsonObject().put("text", "good morning").put("at", tomorrow);
    assertEquals(201, ann.post("/chat/rooms/" + room + "/scheduled", later).status());
    bob.post("/chat/rooms/" + room + "/scheduled", later.copy().put("text", "bob's own"));
    Person eve = server.person("eve");
    assertEquals(204, ann.put("/users/me/blocks/" + eve.id(), null).status());
    bob.put("/chat/rooms/" + room + "/draft", new JsonObject().put("text", "bob's own"));
    ann.bytes(
        "PUT", "/users/me/avatar", Pictures.halves("png", 90, 90), "Content-Type", "image/png");

    Bytes answer = ann.bytes("POST", "/users/me/export", null);
    assertEquals(200, answer.status());
    assertEquals("application/zip", answer.header("content-type"));
    Map<String, byte[]> files = files(answer.body());
    assertEquals(
        Set.of(
            "profile.json",
            "sessions.json",
            "rooms.json",
            "avatar.jpg",
            "drafts.ndjson",
            "scheduled.json",
            "blocked.json",
            "messages/" + room + ".ndjson",
            "messages/" + left + ".ndjson"),
        files.keySet());
    List<String> drafts = text(files.get("drafts.ndjson")).lines().toList();
    assertEquals(1, drafts.size());
    assertEquals("begun to write", new JsonObject(drafts.get(0)).getString("text"));
    assertTrue(text(files.get("scheduled.json")).contains("good morning"));
    assertTrue(text(files.get("blocked.json")).contains(eve.id()));
    List<String> lines = text(files.get("messages/" + room + ".ndjson")).lines().toList();
    assertEquals(230, lines.size());
    for (int i = 0; i < 230; i++) {
      assertEquals("mine " + i, new JsonObject(lines.get(i)).getString("text"));
    }
    assertEquals(
        "ann",
        new JsonObject(text(files.get("profile.json")))
            .getJsonObject("account")
            .getJsonObject("user")
            .getString("username"));
    assertEquals(3, new JsonArray(text(files.get("rooms.json"))).size());
    assertTrue(text(files.get("rooms.json")).contains(silent));
    assertEquals(1, new JsonArray(text(files.get("sessions.json"))).size());
    files.forEach(
        (name, bytes) ->
            assertFalse(text(bytes).contains("bob's") || text(bytes).contains("argon"), name));
    assertEquals(90, Pictures.read(files.get("avatar.jpg")).getWidth());
    Bytes again = ann.bytes("POST", "/users/me/export", null);
    assertEquals(429, again.status());
    assertEquals("60", again.header("retry-after"));
    assertEquals(200, bob.bytes("POST", "/users/me/export", null).status());
  }
}

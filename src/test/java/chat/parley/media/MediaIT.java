package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.SentFiles;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files on their way in, on messages, on their way out, and gone. */
class MediaIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Person ann;
  private static Person bob;
  private static Person eve;

  @BeforeAll
  static void people() {
    ann = server.person("ann");
    bob = server.person("bob");
    eve = server.person("eve");
  }

  private static Person.Bytes fetch(Person who, String id, String... headers) {
    return who.bytes("GET", "/media/" + id, null, headers);
  }

  @Test
  void i17_fileComesBackAsItWasToWhoeverIsInTheRoom() {
    String room = ann.room("group", bob);
    byte[] bytes = SentFiles.random(300_000);
    JsonObject file = SentFiles.send(ann, "notes.bin", bytes);
    assertEquals("application/octet-stream", file.getString("type"));
    assertEquals(300_000, file.getInteger("size"));
    String id = file.getString("id");
    assertEquals(404, fetch(bob, id).status());
    assertArrayEquals(bytes, fetch(ann, id).body());

    BusSocket socket = bob.socket();
    socket.registerRoom(room);
    JsonObject message = SentFiles.say(ann, room, "", id);
    assertEquals("", message.getString("text"));
    assertEquals(new JsonArray().add(file), message.getJsonArray("attachments"));
    Person.Bytes got = fetch(bob, id);
    assertEquals(200, got.status());
    assertArrayEquals(bytes, got.body());
    assertEquals("private, no-cache", got.header("cache-control"));
    assertEquals(304, fetch(bob, id, "If-None-Match", got.header("etag")).status());
    assertEquals(404, fetch(eve, id).status());
    assertEquals(404, bob.delete("/media/" + id).status());
    assertEquals(404, ann.delete("/media/" + id).status(), "it was sent");

    JsonArray synced = bob.sync(room, 0).getJsonArray("items");
    JsonObject newest = synced.getJsonObject(synced.size() - 1);
    assertEquals(message, newest.getJsonObject("message"));
    String history = "/chat/rooms/" + room + "/messages";
    assertEquals(message, bob.get(history).body().getJsonArray("items").getJsonObject(0));
    JsonObject heard = socket.await("the message", frame -> frame.encode().contains(id));
    assertEquals(message, heard.getJsonObject("body").getJsonObject("message"));
  }

  @Test
  void uploadNotSentCanBeForgotten() {
    String id =
        SentFiles.send(ann, "oops.txt", "oops".getBytes(StandardCharsets.UTF_8)).getString("id");
    assertEquals(404, bob.delete("/media/" + id).status());
    assertEquals(204, ann.delete("/media/" + id).status());
    assertEquals(404, fetch(ann, id).status());
    assertEquals(404, ann.delete("/media/" + id).status());
  }
}

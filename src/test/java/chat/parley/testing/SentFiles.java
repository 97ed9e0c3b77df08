package chat.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Sending files, as people do. */
public final class SentFiles {
  private SentFiles() {}

  /** Bytes that are nothing. */
  public static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random().nextBytes(bytes);
    bytes[0] = 0;
    return bytes;
  }

  public static Person.Bytes upload(Person who, String name, byte[] bytes) {
    return who.bytes("POST", "/media", Form.of(name, bytes).bytes(), "Content-Type", Form.TYPE);
  }

  /** The file as it is shown. */
  public static JsonObject send(Person who, String name, byte[] bytes) {
    Person.Bytes sent = upload(who, name, bytes);
    assertEquals(201, sent.status(), () -> sent.json().encode());
    return sent.json();
  }

  public static Person.Answer post(Person who, String room, String text, String... files) {
    JsonObject wish =
        new JsonObject()
            .put("clientId", UUID.randomUUID().toString())
            .put("text", text)
            .put("attachments", new JsonArray(List.of(files)));
    return who.post("/chat/rooms/" + room + "/messages", wish);
  }

  /** The message. */
  public static JsonObject say(Person who, String room, String text, String... files) {
    Person.Answer posted = post(who, room, text, files);
    assertEquals(201, posted.status(), posted.body()::encode);
    return posted.body().getJsonObject("message");
  }
}

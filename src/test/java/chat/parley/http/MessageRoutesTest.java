package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.bus.Addresses;
import chat.parley.model.Messages;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Saying something over REST. */
@ExtendWith(DoorExtension.class)
class MessageRoutesTest {
  private static final String MESSAGES = "/api/v1/chat/rooms/" + FakeServices.ROOM + "/messages";
  private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final UUID OTHER = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");

  private final Door door;

  MessageRoutesTest(Door door) {
    this.door = door;
  }

  @BeforeEach
  void forget() {
    door.services().forget();
  }

  @Test
  void clientIdComesFromTheBodyOrTheHeader() {
    assertEquals(
        ID, posted("{\"text\":\"hi\",\"clientId\":\"" + ID + "\"}", "X-None: 1").clientId());
    assertEquals(ID, posted("{\"text\":\"hi\"}", "Idempotency-Key: " + ID).clientId());
    assertEquals(
        ID,
        posted("{\"text\":\"hi\",\"clientId\":\"" + ID + "\"}", "Idempotency-Key: " + ID)
            .clientId());
    assertNotNull(posted("{\"text\":\"hi\"}", "X-None: 1").clientId());
  }

  @Test
  void twoDifferentClientIdsAreRefused() {
    Reply reply =
        post("{\"text\":\"hi\",\"clientId\":\"" + ID + "\"}", "Idempotency-Key: " + OTHER);
    assertEquals("Idempotency-Key", pointer(reply));
    assertNull(door.services().asked(Addresses.MESSAGES_POST));
  }

  @Test
  void clientIdMustBeAnId() {
    assertEquals("Idempotency-Key", pointer(post("{\"text\":\"hi\"}", "Idempotency-Key: 1")));
    assertEquals("/clientId", pointer(post("{\"text\":\"hi\",\"clientId\":\"1\"}", "X-None: 1")));
  }

  @Test
  void textIsCountedInCharactersAndBytes() {
    assertEquals("x".repeat(4_000), posted(text("x".repeat(4_000)), "X-None: 1").text());
    assertEquals("😀".repeat(4_000), posted(text("😀".repeat(4_000)), "X-None: 1").text());
    assertEquals("/text", pointer(post(text("x".repeat(4_001)), "X-None: 1")));
    assertEquals("/text", pointer(post(text(" \\n\\t "), "X-None: 1")));
  }

  @Test
  void writerAndRequestGoWithTheMessage() {
    Reply reply = post("{\"text\":\"hi\"}", "X-None: 1");
    Messages.Post asked = door.services().asked(Addresses.MESSAGES_POST);
    assertEquals(FakeServices.ANNA.id(), asked.actor().userId());
    assertEquals(reply.header("x-request-id"), asked.actor().requestId());
  }

  private Messages.Post posted(String body, String header) {
    assertEquals(201, post(body, header).status());
    return door.services().asked(Addresses.MESSAGES_POST);
  }

  private Reply post(String body, String header) {
    return door.send("POST", MESSAGES, body, "Authorization: Bearer " + FakeServices.TOKEN, header);
  }

  private static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static String pointer(Reply reply) {
    assertEquals(400, reply.status(), reply.text());
    return new JsonObject(reply.text())
        .getJsonArray("errors")
        .getJsonObject(0)
        .getString("pointer");
  }
}

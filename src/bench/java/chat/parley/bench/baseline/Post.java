package chat.parley.bench.baseline;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.function.Consumer;

/** A message on its way through a baseline server. */
final class Post {
  final Room room;
  final UUID clientId;
  final String text;
  final Consumer<JsonObject> answer;
  final UUID sender;
  long seq;
  long sentAtMillis;

  Post(Room room, JsonObject body, Consumer<JsonObject> answer) {
    this.room = room;
    this.clientId = UUID.fromString(body.getString("clientId"));
    this.text = body.getString("text");
    this.answer = answer;
    this.sender = room.someone;
  }

  /** Takes the next number of its room; the caller stores and delivers in this order. */
  Post number() {
    seq = ++room.seq;
    sentAtMillis = System.currentTimeMillis();
    return this;
  }

  /** What Parley tells the room, field for field, so that the bytes are as many. */
  JsonObject event() {
    return new JsonObject()
        .put("type", "message")
        .put("roomId", room.id.toString())
        .put("version", seq + 1)
        .put(
            "message",
            new JsonObject()
                .put("roomId", room.id.toString())
                .put("seq", seq)
                .put("version", seq + 1)
                .put("clientId", clientId.toString())
                .put(
                    "sender",
                    new JsonObject()
                        .put("id", sender.toString())
                        .put("username", "p00000001a1fd7b")
                        .put("displayName", "Person p00000001a1fd7b"))
                .put("text", text)
                .put("sentAt", sentAt()));
  }

  JsonObject reply() {
    return new JsonObject().put("seq", seq).put("version", seq + 1).put("sentAt", sentAt());
  }

  private String sentAt() {
    return java.time.Instant.ofEpochMilli(sentAtMillis).toString();
  }
}

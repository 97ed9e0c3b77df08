package chat.parley.realtime;

import chat.parley.bus.Addresses;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A socket for scripts: bare JSON in place of the bus's frames, over the same session, hub and
 * commands. One hears a room from the moment it opens and posts into it; the other hears what
 * happens to its person and what is said and typed in all of their rooms.
 */
final class Script {
  private static final String CHAT = "/ws/chat/";
  private static final String NOTIFICATIONS = "/ws/notifications";
  private static final byte[] FROM_ROOM = bytes("{\"type\":\"rec\",\"address\":\"room.");
  private static final byte[] FROM_USER = bytes("{\"type\":\"rec\",\"address\":\"user.");
  private static final byte[] BODY = bytes("\"body\":");
  private static final List<byte[]> NOTICED =
      List.of(bytes("{\"type\":\"message\""), bytes("{\"type\":\"typing\""));
  private static final byte[] ADDED = bytes("{\"type\":\"room-added\"");
  private static final String POSTED = "message:";

  /** The room of a chat; null for notifications. */
  final UUID roomId;

  /** Whose socket it is, once there is one. */
  Session session;

  private Script(UUID roomId) {
    this.roomId = roomId;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Empty when the path is no script's. */
  static Optional<Script> at(String path) {
    if (NOTIFICATIONS.equals(path)) {
      return Optional.of(new Script(null));
    }
    UUID roomId = ClientFrame.idIn(path, CHAT);
    return roomId == null ? Optional.empty() : Optional.of(new Script(roomId));
  }

  boolean isChat() {
    return roomId != null;
  }

  /** What the script says, as the frame that a client of the bus would have sent. */
  Optional<ClientFrame> read(String text) {
    return ClientFrame.bare(text, isChat() ? "room." + roomId : null, POSTED);
  }

  /** Frames of the bus as this script hears them; some it does not. */
  List<byte[]> translate(List<byte[]> frames) {
    List<byte[]> heard = new ArrayList<>(frames.size());
    for (byte[] frame : frames) {
      byte[] said = translate(frame);
      if (said != null) {
        heard.add(said);
      }
    }
    return heard;
  }

  private byte[] translate(byte[] frame) {
    if (startsWith(frame, 0, FROM_ROOM)) {
      int body = bodyOf(frame);
      boolean heard = isChat() || NOTICED.stream().anyMatch(each -> startsWith(frame, body, each));
      return heard ? bodyAt(frame, body) : null;
    }
    return startsWith(frame, 0, FROM_USER)
        ? bodyAt(frame, bodyOf(frame))
        : answer(new JsonObject(new String(frame, StandardCharsets.UTF_8)));
  }

  /** A room that its person came into while it listens is heard as well. */
  void follow(List<byte[]> frames) {
    for (byte[] frame : frames) {
      UUID room = isChat() ? null : addedRoom(frame);
      if (room != null) {
        session.hear(Stream.of(Addresses.ROOM.of(room)));
      }
    }
  }

  private static UUID addedRoom(byte[] frame) {
    if (!startsWith(frame, 0, FROM_USER)) {
      return null;
    }
    int body = bodyOf(frame);
    return startsWith(frame, body, ADDED)
        ? UUID.fromString(
            new JsonObject(new String(bodyAt(frame, body), StandardCharsets.UTF_8))
                .getJsonObject("room")
                .getString("id"))
        : null;
  }

  /** Where the body of a frame that we made begins; its address holds no quotes. */
  private static int bodyOf(byte[] frame) {
    int at = FROM_ROOM.length;
    while (!startsWith(frame, at, BODY)) {
      at++;
    }
    return at + BODY.length;
  }

  private static byte[] bodyAt(byte[] frame, int from) {
    return java.util.Arrays.copyOfRange(frame, from, frame.length - 1);
  }

  private static boolean startsWith(byte[] frame, int from, byte[] what) {
    return frame.length >= from + what.length
        && java.util.Arrays.equals(frame, from, from + what.length, what, 0, what.length);
  }

  /** What is answered to this socket alone. */
  private static byte[] answer(JsonObject frame) {
    String address = frame.getString("address", "");
    String clientId = address.startsWith(POSTED) ? address.substring(POSTED.length()) : null;
    JsonObject said = new JsonObject();
    switch (frame.getString("type")) {
      case "rec" -> {
        if (frame.getJsonObject("body").isEmpty()) {
          return null;
        }
        said.put("type", "ack").mergeIn(frame.getJsonObject("body"));
      }
      case "err" ->
          said.put("type", "error")
              .put("status", frame.getInteger("failureCode", 400))
              .put("detail", frame.getString("message", frame.getString("body")));
      default -> said = frame;
    }
    if (clientId != null) {
      said.put("clientId", clientId);
    }
    if (frame.containsKey("retryAfter")) {
      said.put("retryAfter", frame.getValue("retryAfter"));
    }
    return bytes(said.encode());
  }
}

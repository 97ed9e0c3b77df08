package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down what one device hears on its sockets. */
final class Ear {
  /** Who goes on with what concerns a room, after it has been written down. */
  interface Next {
    void heard(String conn, String room, JsonNode event);
  }

  private static final String ROOM = "room.";

  private final History history;
  private final String who;
  private final Next next;

  /** {@code conn room} of each registration that has its head. */
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

  Ear(History history, String who, Next next) {
    this.history = history;
    this.who = who;
    this.next = next;
  }

  void frame(String conn, JsonNode frame) {
    String address = frame.path("address").asText();
    if (frame.path("type").asText().equals("pong")) {
      frame.path("heads").forEach(head -> head(conn, head.path("roomId").asText(), head));
    } else if (address.startsWith(ROOM)) {
      String room = address.substring(ROOM.length());
      if (frame.path("type").asText().equals("rec")) {
        event(conn, room, frame.path("body"));
      } else {
        next.heard(conn, room, frame);
      }
    }
  }

  private void event(String conn, String room, JsonNode event) {
    long at = history.now();
    long version = event.path("version").asLong();
    String kind = event.path("type").asText();
    switch (kind) {
      case "message" -> {
        Fact.Message message = Json.message(event.path("message"));
        history.add(new Fact.Received(at, at, conn, who, room, version, message, Fact.Via.LIVE));
      }
      case "member" -> member(at, conn, room, event);
      case "room", "line", "hidden" ->
          history.add(
              new Fact.Changed(at, conn, who, room, version, kind, null, false, Fact.Via.LIVE));
      case "gone" -> {
        history.add(
            new Fact.Changed(at, conn, who, room, version, kind, null, false, Fact.Via.LIVE));
        history.add(new Fact.Unsubscribed(at, conn, who, room));
        subscribed.remove(conn + " " + room);
      }
      case "typing" ->
          history.add(
              new Fact.TypingHeard(at, conn, who, room, event.path("user").path("id").asText()));
      case "presence" -> presence(at, conn, room, event);
      case "head" -> {
        head(conn, room, event);
        return;
      }
      default -> {
        // Events to come are none of ours.
      }
    }
    next.heard(conn, room, event);
  }

  private void member(long at, String conn, String room, JsonNode event) {
    String whom = event.path("member").path("user").path("id").asText();
    boolean gone = event.path("member").path("gone").asBoolean();
    long version = event.path("version").asLong();
    history.add(
        new Fact.Changed(at, conn, who, room, version, "member", whom, gone, Fact.Via.LIVE));
    if (gone && whom.equals(who)) {
      history.add(new Fact.Unsubscribed(at, conn, who, room));
      subscribed.remove(conn + " " + room);
    }
  }

  private void presence(long at, String conn, String room, JsonNode event) {
    int count = event.path("count").asInt();
    if (event.has("userId")) {
      String whom = event.path("userId").asText();
      boolean online = event.path("online").asBoolean();
      history.add(new Fact.PresenceHeard(at, conn, who, room, whom, online, count));
    } else {
      List<String> online = new ArrayList<>();
      event.path("online").forEach(each -> online.add(each.asText()));
      history.add(new Fact.PresenceSeen(at, conn, who, room, online, count));
    }
  }

  /** The first head of a registration is its answer; any other says that there is more. */
  private void head(String conn, String room, JsonNode head) {
    long at = history.now();
    long version = head.path("version").asLong();
    long lastSeq = head.path("lastSeq").asLong();
    history.add(
        subscribed.add(conn + " " + room)
            ? new Fact.Subscribed(at, conn, who, room, version, lastSeq)
            : new Fact.HeadTold(at, conn, room, version, lastSeq));
    next.heard(conn, room, Json.of("type", "head", "version", version, "lastSeq", lastSeq));
  }
}

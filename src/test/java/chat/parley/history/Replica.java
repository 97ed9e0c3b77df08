package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One room on one device, by the rules of docs/api/realtime.md: a cursor that only contiguous live
 * events and sync move.
 */
final class Replica {
  private enum Place {
    OUT,
    ASKED,
    IN
  }

  private final String room;
  private final Queue<JsonNode> inbox = new ConcurrentLinkedQueue<>();
  private Place place = Place.OUT;
  private long askedAt = -1_000_000_000L;
  private long cursor;
  private long lastSeq;
  private boolean wantsSync = true;

  Replica(String room) {
    this.room = room;
  }

  String room() {
    return room;
  }

  /** The highest seq seen; only the device's own turns ask. */
  long lastSeq() {
    return lastSeq;
  }

  /** The version up to which everything is known. */
  long cursor() {
    return cursor;
  }

  boolean isIn() {
    return place == Place.IN;
  }

  boolean isCurrent(long version) {
    return place == Place.IN && !wantsSync && cursor == version;
  }

  /** What came on a socket; any thread. */
  void heard(JsonNode event) {
    inbox.add(event);
  }

  /** The socket is another one, or gone. */
  void restart() {
    place = Place.OUT;
    askedAt = -1_000_000_000L;
    wantsSync = true;
  }

  /** Asks to hear the room, now and then again while it is refused. */
  void registerOn(Socket socket, long now) {
    if (place == Place.OUT && now - askedAt > 400_000_000L) {
      askedAt = now;
      place = Place.ASKED;
      socket.send(Json.of("type", "register", "address", "room." + room));
    }
  }

  /** Works off what has come. */
  void settle(String me) {
    for (JsonNode event = inbox.poll(); event != null; event = inbox.poll()) {
      take(event, me);
    }
  }

  private void take(JsonNode event, String me) {
    long version = event.path("version").asLong();
    switch (event.path("type").asText()) {
      case "head" -> {
        place = Place.IN;
        wantsSync |= version != cursor;
      }
      case "err" -> place = Place.OUT;
      case "message", "member", "room", "line", "hidden", "gone" -> {
        lastSeq = Math.max(lastSeq, event.path("message").path("seq").asLong());
        wantsSync |= version > cursor + 1;
        cursor = version == cursor + 1 ? version : cursor;
        JsonNode member = event.path("member");
        if (member.path("gone").asBoolean() && member.path("user").path("id").asText().equals(me)) {
          place = Place.OUT;
        }
        if (event.path("type").asText().equals("gone")) {
          place = Place.OUT;
        }
      }
      default -> {
        // What does not last moves no cursor.
      }
    }
  }

  /** Everything since the cursor, page by page; writes down what each brought. */
  void sync(History history, Rest rest, String url, Account.Session session) {
    if (!wantsSync) {
      return;
    }
    String who = session.account().id();
    JsonNode page;
    long from = cursor;
    do {
      Rest.Reply reply =
          rest.call(
              url,
              session.accessToken(),
              "GET",
              "/chat/rooms/" + room + "/sync?limit=200&since=" + from,
              null);
      if (!reply.isOk()) {
        return;
      }
      page = reply.body();
      from = page(history, rest.conn(), who, reply, from);
    } while (page.path("more").asBoolean());
    long since = cursor;
    cursor = page.path("head").path("version").asLong();
    lastSeq = Math.max(lastSeq, page.path("head").path("lastSeq").asLong());
    // A head below the cursor: what is held has never been, so begin anew.
    wantsSync = cursor < since;
    cursor = wantsSync ? 0 : cursor;
  }

  /** The version up to which the page is complete. */
  private long page(History history, String conn, String who, Rest.Reply reply, long since) {
    JsonNode page = reply.body();
    JsonNode head = page.path("head");
    List<Long> versions = new ArrayList<>();
    long until = since;
    for (JsonNode item : page.path("items")) {
      until = item.path("version").asLong();
      item(history, conn, who, item, reply.invokedAt(), versions);
    }
    until = page.path("more").asBoolean() ? until : head.path("version").asLong();
    history.add(
        new Fact.Resumed(
            history.now(),
            reply.invokedAt(),
            conn,
            who,
            room,
            since,
            until,
            head.path("version").asLong(),
            head.path("lastSeq").asLong(),
            versions));
    return until;
  }

  private void item(
      History history, String conn, String who, JsonNode item, long askedAt, List<Long> versions) {
    long version = item.path("version").asLong();
    long at = history.now();
    if (item.path("type").asText().equals("message")) {
      versions.add(version);
      Fact.Message message = Json.message(item.path("message"));
      history.add(
          new Fact.Received(at, askedAt, conn, who, room, version, message, Fact.Via.RESUME));
    } else {
      JsonNode whom = item.path("member").path("user").path("id");
      boolean gone = item.path("member").path("gone").asBoolean();
      history.add(
          new Fact.Changed(
              at,
              conn,
              who,
              room,
              version,
              item.path("type").asText(),
              whom.asText(null),
              gone,
              Fact.Via.RESUME));
    }
  }
}

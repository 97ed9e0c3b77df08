package chat.parley.testing;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A room as a client keeps it by the rules of {@code docs/api/realtime.md}: one cursor, contiguous
 * live events move it, anything else means sync. Deliberately written apart from the server and
 * from the web client.
 */
public final class Replica {
  private static final long FAR = 1_000;

  private Person person;
  private final String roomId;
  private final TreeMap<String, JsonObject> rows = new TreeMap<>();
  private final Deque<JsonObject> inbox = new ArrayDeque<>();
  private final Set<String> types = new TreeSet<>();
  private long cursor;
  private int syncs;
  private boolean wantsSync;

  public Replica(Person person, String roomId, BusSocket socket) {
    this.person = person;
    this.roomId = roomId;
    listen(socket);
  }

  /** Hears a (new) socket; registers there. */
  public void listen(BusSocket socket) {
    socket.onFrame(
        frame -> {
          if ("rec".equals(frame.getString("type"))
              && ("room." + roomId).equals(frame.getString("address"))) {
            synchronized (inbox) {
              inbox.add(frame.getJsonObject("body"));
            }
          }
        });
    socket.send(new JsonObject().put("type", "register").put("address", "room." + roomId));
  }

  /** The same at another server, as whom it knows there. */
  public void listen(BusSocket socket, Person there) {
    person = there;
    listen(socket);
  }

  /** Works off what has come; true when nothing is left to do. */
  public boolean settle() {
    JsonObject event;
    while ((event = poll()) != null) {
      take(event);
    }
    if (wantsSync) {
      wantsSync = false;
      syncs++;
      JsonObject answer = person.sync(roomId, cursor);
      long ahead = answer.getJsonObject("head").getLong("version") - cursor;
      if (ahead < 0 || ahead > FAR) {
        // Rule 4, by a sync from nothing, which gives more than the newest page.
        rows.clear();
        answer = person.sync(roomId, 0);
      }
      answer.getJsonArray("items").forEach(item -> upsert((JsonObject) item));
      cursor = answer.getJsonObject("head").getLong("version");
    }
    return true;
  }

  private JsonObject poll() {
    synchronized (inbox) {
      return inbox.poll();
    }
  }

  private void take(JsonObject event) {
    long version = event.getLong("version", 0L);
    switch (event.getString("type")) {
      case "message", "member", "room", "line", "hidden", "gone" -> {
        upsert(event);
        if (version == cursor + 1) {
          cursor = version;
        } else if (version > cursor + 1) {
          wantsSync = true;
        }
      }
      case "head" -> wantsSync |= version > cursor;
      default -> {
        // What does not last changes nothing here.
      }
    }
  }

  private void upsert(JsonObject event) {
    types.add(event.getString("type"));
    String key =
        switch (event.getString("type")) {
          case "message" ->
              String.format("message %09d", event.getJsonObject("message").getLong("seq"));
          case "member" ->
              "member " + event.getJsonObject("member").getJsonObject("user").getString("id");
          case "line" -> String.format("line %09d", event.getLong("version"));
          case "hidden", "gone" -> null;
          default -> "room";
        };
    if (key == null) {
      return;
    }
    JsonObject held = rows.get(key);
    if (held == null || held.getLong("version") < event.getLong("version")) {
      rows.put(key, event);
    }
  }

  public long cursor() {
    return cursor;
  }

  public int syncs() {
    return syncs;
  }

  /** What sorts of lasting events it has seen. */
  public Set<String> types() {
    return types;
  }

  /** What it holds, apart from it. */
  public Replica copy() {
    Replica copy = new Replica(person, roomId);
    copy.rows.putAll(rows);
    copy.cursor = cursor;
    return copy;
  }

  /** One sync from where it stands. */
  public void catchUp() {
    wantsSync = true;
    settle();
  }

  /** The rows of messages, lines and present members, by kind and key, as pages show them. */
  public Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    rows.forEach(
        (key, event) -> {
          JsonObject row = event.getJsonObject(event.getString("type"));
          if (!key.equals("room") && !row.getBoolean("gone", false)) {
            shown.put(key, row.encode());
          }
        });
    return shown;
  }

  /** Everything held, in one comparable text. */
  public String state() {
    return String.join("\n", rows.values().stream().map(JsonObject::encode).toList());
  }

  /** The same as the database has it now, by a sync from nothing. */
  public static String truth(Person person, String roomId) {
    Replica fresh = new Replica(person, roomId);
    person.sync(roomId, 0).getJsonArray("items").forEach(item -> fresh.upsert((JsonObject) item));
    return fresh.state();
  }

  private Replica(Person person, String roomId) {
    this.person = person;
    this.roomId = roomId;
  }
}

package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Somebody who talks, takes back, reads, types, goes and comes back, by chance. */
final class Participant {
  private static final int MOST_UNDER_WAY = 50;

  final Device device;
  final Outbox outbox;
  private final Revisions revisions;
  private final History history;
  private final Random random;
  private int said;

  Participant(History history, Device device, Random random) {
    this.history = history;
    this.device = device;
    this.random = random;
    this.revisions = new Revisions(history, device, random);
    this.outbox = new Outbox(history, device, random, revisions);
  }

  /** One turn while there is load. */
  void act() {
    device.keepUp();
    outbox.sendAgain();
    revisions.tryAgain();
    List<Replica> rooms = device.rooms().stream().filter(Replica::isIn).toList();
    if (rooms.isEmpty() || !device.isConnected()) {
      return;
    }
    Replica room = rooms.get(random.nextInt(rooms.size()));
    int dice = random.nextInt(100);
    if (dice < 73) {
      talk(room.room(), 1 + random.nextInt(5));
    } else if (dice < 76) {
      revisions.edit(text());
    } else if (dice < 78) {
      revisions.delete();
    } else if (dice < 83) {
      outbox.post(room.room(), text());
    } else if (dice < 85) {
      outbox.reuseId();
    } else if (dice < 87) {
      readPage(room.room(), "");
    } else if (dice < 88) {
      readPage(room.room(), "&before=" + anywhere(room));
    } else if (dice < 89) {
      readOne(room.room(), anywhere(room));
    } else if (dice < 93) {
      markRead(room);
    } else if (dice < 96) {
      type(room.room());
    } else if (dice < 97) {
      device.refresh();
    } else if (dice < 98) {
      device.disconnect();
    } else {
      listRooms();
    }
  }

  /** One turn after the load: only what is still to be done. */
  void rest() {
    device.keepUp();
    outbox.sendAgain();
    revisions.tryAgain();
  }

  /** Whether everything that was sent is settled. */
  boolean isSettled() {
    return outbox.isEmpty() && revisions.isEmpty();
  }

  /** Without waiting in between, so that order on one socket is put to the test. */
  private void talk(String room, int times) {
    for (int i = 0; i < times && outbox.underWay() < MOST_UNDER_WAY; i++) {
      outbox.say(room, text());
    }
  }

  private String text() {
    return device.name + " says " + said++;
  }

  private long anywhere(Replica room) {
    return 1 + random.nextInt((int) room.lastSeq() + 1);
  }

  private void readPage(String room, String where) {
    Rest.Reply reply =
        device.call("GET", "/chat/rooms/" + room + "/messages?limit=20" + where, null);
    if (reply.isOk()) {
      long lastSeq = reply.body().path("head").path("lastSeq").asLong();
      for (JsonNode item : reply.body().path("items")) {
        device.saw(room, item, reply.invokedAt(), Fact.Via.HISTORY);
      }
      history.add(new Fact.HeadRead(history.now(), reply.invokedAt(), device.me(), room, lastSeq));
    }
  }

  private void readOne(String room, long seq) {
    Rest.Reply reply = device.call("GET", "/chat/rooms/" + room + "/messages/" + seq, null);
    if (reply.isOk()) {
      device.saw(room, reply.body().path("message"), reply.invokedAt(), Fact.Via.HISTORY);
    }
  }

  private void markRead(Replica room) {
    long seq = room.lastSeq();
    Rest.Reply reply =
        device.call("PUT", "/chat/rooms/" + room.room() + "/read", Json.of("seq", seq));
    if (reply.isOk()) {
      long readSeq = reply.body().path("readSeq").asLong();
      history.add(
          new Fact.ReadMarked(
              history.now(), reply.invokedAt(), device.me(), room.room(), seq, readSeq));
    }
  }

  void type(String room) {
    history.add(new Fact.Typing(history.now(), device.me(), room));
    device.socket().ask(room, Json.of("type", "typing"));
  }

  private void listRooms() {
    Rest.Reply reply = device.call("GET", "/chat/rooms", null);
    long at = history.now();
    for (JsonNode head : reply.body().path("heads")) {
      String room = head.path("roomId").asText();
      long lastSeq = head.path("lastSeq").asLong();
      history.add(new Fact.HeadRead(at, reply.invokedAt(), device.me(), room, lastSeq));
    }
    for (JsonNode room : reply.body().path("items")) {
      if (room.has("lastMessage")) {
        JsonNode last = room.path("lastMessage");
        device.saw(room.path("id").asText(), last, reply.invokedAt(), Fact.Via.HISTORY);
      }
    }
  }

  /**
   * Whether this device has everything that the server has, by its own cursors; if so, writes down
   * where it stands.
   */
  boolean isAtRest() {
    Rest.Reply reply = device.call("GET", "/chat/rooms", null);
    Map<String, JsonNode> heads = new HashMap<>();
    reply.body().path("heads").forEach(head -> heads.put(head.path("roomId").asText(), head));
    boolean all =
        isSettled()
            && device.rooms().stream()
                .allMatch(
                    room ->
                        heads.containsKey(room.room())
                            && room.isCurrent(heads.get(room.room()).path("version").asLong()));
    if (all) {
      placesAtRest(reply);
    }
    return all;
  }

  private void placesAtRest(Rest.Reply reply) {
    for (Replica replica : device.rooms()) {
      history.add(
          new Fact.CaughtUp(
              history.now(),
              device.name,
              device.me(),
              replica.room(),
              replica.cursor(),
              replica.lastSeq()));
    }
    for (JsonNode room : reply.body().path("items")) {
      history.add(
          new Fact.PlaceAtRest(
              history.now(),
              device.me(),
              room.path("id").asText(),
              room.path("lastSeq").asLong(),
              room.path("me").path("readSeq").asLong(),
              room.path("me").path("unread").asLong()));
    }
  }
}

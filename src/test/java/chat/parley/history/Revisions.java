package chat.parley.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What one device makes its own messages say instead, or takes back; always something new, and one
 * thing after the other: what has no known outcome is tried until it has one.
 */
final class Revisions {
  /** How many of the latest messages are looked at again. */
  private static final int LATEST = 60;

  private record Said(String room, long seq) {}

  /** {@code text} is null for a deletion. */
  private record Wish(Said message, String text) {}

  private final History history;
  private final Device device;
  private final Random random;
  private final List<Said> said = new ArrayList<>();
  private volatile Wish open;

  Revisions(History history, Device device, Random random) {
    this.history = history;
    this.device = device;
    this.random = random;
  }

  /** A message was acknowledged; any thread. */
  synchronized void said(String room, long seq) {
    Said message = new Said(room, seq);
    if (!said.contains(message)) {
      said.add(message);
      if (said.size() > LATEST) {
        said.remove(random.nextInt(LATEST));
      }
    }
  }

  /** Whether nothing is without an outcome. */
  boolean isEmpty() {
    return open == null;
  }

  void edit(String text) {
    begin(choose(false), text);
  }

  void delete() {
    begin(choose(true), null);
  }

  private synchronized Said choose(boolean last) {
    if (said.isEmpty()) {
      return null;
    }
    int which = random.nextInt(said.size());
    // Of what is deleted some is deleted or edited again, which must change nothing.
    return last && random.nextInt(5) > 0 ? said.remove(which) : said.get(which);
  }

  private void begin(Said message, String text) {
    if (open == null && message != null) {
      open = new Wish(message, text);
      tryAgain();
    }
  }

  /** Once there is a server to be heard from. */
  void tryAgain() {
    Wish wish = open;
    if (wish == null || !device.isConnected()) {
      return;
    }
    String room = wish.message.room;
    long id = history.nextId();
    history.add(
        new Fact.ReviseInvoke(
            history.now(),
            id,
            device.rest.conn(),
            device.me(),
            room,
            wish.message.seq,
            wish.text == null ? null : Json.hash(wish.text)));
    String path = "/chat/rooms/" + room + "/messages/" + wish.message.seq;
    Rest.Reply reply =
        wish.text == null
            ? device.call("DELETE", path, null)
            : device.call("PATCH", path, Json.of("text", wish.text));
    if (reply.isOk()) {
      long version = reply.body().path("message").path("version").asLong();
      device.saw(room, reply.body().path("message"), reply.invokedAt(), Fact.Via.ANSWER);
      history.add(new Fact.ReviseOk(history.now(), id, room, version));
      open = null;
    } else if (reply.isRefusal()) {
      history.add(new Fact.ReviseFail(history.now(), id, room, reply.status()));
      open = null;
    } else {
      String why = "status " + reply.status();
      history.add(new Fact.ReviseUnknown(history.now(), id, room, why));
    }
  }
}

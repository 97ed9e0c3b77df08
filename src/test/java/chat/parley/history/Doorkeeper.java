package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;

/** The owner of a room, who removes somebody and adds them again, one at a time. */
final class Doorkeeper {
  private final History history;
  private final Device owner;
  private final String room;
  private final List<String> guests;
  private final Random random;
  private String whom;
  private boolean isOut;
  private long headBefore = -1;
  private long removedAt = -1;

  Doorkeeper(History history, Device owner, String room, List<String> guests, Random random) {
    this.history = history;
    this.owner = owner;
    this.room = room;
    this.guests = guests;
    this.random = random;
  }

  /** One turn while there is load; what got no answer is tried again in the next. */
  void act() {
    if (whom == null) {
      whom = guests.get(random.nextInt(guests.size()));
    }
    if (isOut) {
      add();
    } else {
      remove();
    }
  }

  /** One turn after the load: lets the last one in again. */
  void rest() {
    if (whom != null) {
      act();
    }
  }

  boolean isDone() {
    return whom == null;
  }

  private String member() {
    return "/chat/rooms/" + room + "/members/" + whom;
  }

  private void remove() {
    if (headBefore < 0) {
      Rest.Reply head = owner.call("GET", "/chat/rooms/" + room + "/messages?limit=1", null);
      headBefore = head.isOk() ? head.body().path("head").path("version").asLong() : -1;
    }
    if (headBefore >= 0 && removedAt < 0 && owner.call("DELETE", member(), null).isOk()) {
      removedAt = history.now();
    }
    if (removedAt >= 0) {
      noteRemoval();
    }
  }

  /** The answer does not tell which version the removal is; the log does. */
  private void noteRemoval() {
    long from = headBefore;
    JsonNode page;
    do {
      Rest.Reply reply =
          owner.call("GET", "/chat/rooms/" + room + "/sync?limit=200&since=" + from, null);
      if (!reply.isOk()) {
        return;
      }
      page = reply.body();
      for (JsonNode item : page.path("items")) {
        from = item.path("version").asLong();
        JsonNode member = item.path("member");
        if (member.path("user").path("id").asText().equals(whom)) {
          history.add(new Fact.Removed(removedAt, whom, room, from));
          isOut = true;
        }
      }
    } while (!isOut && page.path("more").asBoolean());
    if (!isOut) {
      throw new AssertionError("A removal that was answered is not in the log of " + room);
    }
    headBefore = -1;
    removedAt = -1;
  }

  private void add() {
    history.add(new Fact.Adding(history.now(), whom, room));
    Rest.Reply reply = owner.call("PUT", member(), null);
    if (reply.isOk()) {
      long version = reply.body().path("version").asLong();
      history.add(new Fact.Added(history.now(), whom, room, version));
      isOut = false;
      whom = null;
    }
  }
}

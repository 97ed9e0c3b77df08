package chat.parley.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one device sends. A fifth of the acknowledgements it pretends not to have heard, and what
 * has no known outcome it sends again, with the same client id and by whatever way there is.
 */
final class Outbox {
  private static final double DROPPED = 0.2;

  private record Draft(String room, String clientId, String text) {}

  private final History history;
  private final Device device;
  private final Random random;
  private final Revisions revisions;
  private final Queue<Draft> again = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile Draft acknowledged;

  Outbox(History history, Device device, Random random, Revisions revisions) {
    this.history = history;
    this.device = device;
    this.random = random;
    this.revisions = revisions;
  }

  boolean isEmpty() {
    return underWay.get() == 0 && again.isEmpty();
  }

  int underWay() {
    return underWay.get();
  }

  /** Something new, over the socket. */
  void say(String room, String text) {
    overSocket(new Draft(room, UUID.randomUUID().toString(), text));
  }

  /** Something new, over REST. */
  void post(String room, String text) {
    overRest(new Draft(room, UUID.randomUUID().toString(), text));
  }

  /** An id that was used, with other words: must be refused. */
  void reuseId() {
    Draft used = acknowledged;
    if (used != null) {
      overRest(new Draft(used.room, used.clientId, used.text + " in other words"));
    }
  }

  /** Once there is a server to be heard from. */
  void sendAgain() {
    Draft draft = device.isConnected() ? again.poll() : null;
    while (draft != null) {
      if (device.isConnected() && random.nextBoolean()) {
        overSocket(draft);
      } else if (!overRest(draft)) {
        return;
      }
      draft = again.poll();
    }
  }

  private void overSocket(Draft draft) {
    underWay.incrementAndGet();
    Socket socket = device.socket();
    long id = invoke(draft, socket.conn());
    JsonNode body = Json.of("type", "message", "clientId", draft.clientId, "text", draft.text);
    socket
        .ask(draft.room, body)
        .whenComplete(
            (frame, closed) -> {
              if (closed != null) {
                settle(draft, id, 0, null);
              } else {
                settle(draft, id, frame.path("failureCode").asInt(200), frame.path("body"));
              }
              underWay.decrementAndGet();
            });
  }

  /** False when the server seems to be away. */
  private boolean overRest(Draft draft) {
    long id = invoke(draft, device.rest.conn());
    Rest.Reply reply =
        device.call(
            "POST",
            "/chat/rooms/" + draft.room + "/messages",
            Json.of("clientId", draft.clientId, "text", draft.text));
    JsonNode row = reply.body().path("message");
    if (reply.isOk()) {
      device.saw(draft.room, row, reply.invokedAt(), Fact.Via.ANSWER);
    }
    settle(draft, id, reply.status(), row);
    return reply.status() != 0;
  }

  private long invoke(Draft draft, String conn) {
    long id = history.nextId();
    history.add(
        new Fact.SendInvoke(
            history.now(),
            id,
            conn,
            device.me(),
            draft.room,
            draft.clientId,
            Json.hash(draft.text)));
    return id;
  }

  private void settle(Draft draft, long id, int status, JsonNode told) {
    long at = history.now();
    if (status >= 200 && status < 300) {
      long seq = told.path("seq").asLong();
      long version = told.path("version").asLong();
      history.add(new Fact.SendOk(at, id, draft.room, seq, version));
      acknowledged = draft;
      revisions.said(draft.room, seq);
      if (random.nextDouble() < DROPPED) {
        again.add(draft);
      }
    } else if (Rest.Reply.isRefusal(status)) {
      history.add(new Fact.SendFail(at, id, draft.room, status));
    } else {
      history.add(new Fact.SendUnknown(at, id, draft.room, "status " + status));
      again.add(draft);
    }
  }
}

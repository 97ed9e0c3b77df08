package chat.parley.realtime;

import chat.parley.model.Json;
import chat.parley.model.Live;
import chat.parley.model.Seen;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How far people have read, told to the sockets of one event loop. Everybody in a room reads the
 * same message at the same time, so what happens within a moment is told together, and of each
 * person only the last: n who read cost n frames in one write a socket, however often they say so.
 */
final class SeenBy {
  static final long GATHER_MS = 200;

  private final Vertx vertx;
  private final Map<RoomFeed, Map<UUID, Seen>> gathered = new HashMap<>();

  SeenBy(Vertx vertx) {
    this.vertx = vertx;
  }

  void heard(RoomFeed feed, Seen seen) {
    Map<UUID, Seen> waiting = gathered.get(feed);
    if (waiting == null) {
      waiting = new HashMap<>();
      gathered.put(feed, waiting);
      tellLater(feed);
    }
    waiting.merge(seen.userId(), seen, (old, next) -> next.seq() > old.seq() ? next : old);
  }

  private void tellLater(RoomFeed feed) {
    vertx.setTimer(GATHER_MS, timer -> tell(feed));
  }

  /** What is ahead of us waits: somebody may have been removed in between. */
  private void tell(RoomFeed feed) {
    Map<UUID, Seen> waiting = gathered.get(feed);
    if (feed.isUnused()) {
      gathered.remove(feed);
      return;
    }
    List<byte[]> payloads = new ArrayList<>(waiting.size());
    for (Iterator<Seen> each = waiting.values().iterator(); each.hasNext(); ) {
      Seen seen = each.next();
      if (seen.version() <= feed.delivered()) {
        Live.Read read = new Live.Read(feed.roomId, seen.userId(), seen.seq());
        payloads.add(Frames.rec(feed.address, Json.bytes(read)));
        each.remove();
      }
    }
    send(feed, payloads);
    if (waiting.isEmpty()) {
      gathered.remove(feed);
    } else {
      tellLater(feed);
    }
  }

  private static void send(RoomFeed feed, List<byte[]> payloads) {
    if (payloads.isEmpty()) {
      return;
    }
    try (Run run = new Run(payloads)) {
      feed.listeners.all().forEach(each -> each.session.offerSignal(run));
    }
  }
}

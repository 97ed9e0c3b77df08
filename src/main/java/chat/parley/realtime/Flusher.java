package chat.parley.realtime;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes every socket that was written to once at the end of the loop's turn: the cost is per
 * system call, not per frame.
 */
final class Flusher {
  private final Vertx vertx;
  private List<Outbound> dirty = new ArrayList<>();
  private boolean scheduled;

  Flusher(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Called at most once a socket and turn: the socket remembers that it is in the list. */
  void add(Outbound outbound) {
    dirty.add(outbound);
    if (!scheduled) {
      scheduled = true;
      vertx.runOnContext(turn -> flush());
    }
  }

  private void flush() {
    List<Outbound> written = dirty;
    dirty = new ArrayList<>(Math.max(10, written.size()));
    scheduled = false;
    written.forEach(Outbound::flush);
  }
}

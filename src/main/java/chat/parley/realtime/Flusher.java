package chat.parley.realtime;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Flushes every socket that was written to once at the end of the loop's turn: the cost is per
 * system call, not per frame. What the turn handed out is counted then, too.
 */
final class Flusher {
  private final Vertx vertx;
  private final Node node;
  final Tally tally;
  private List<Outbound> dirty = new ArrayList<>();
  private final List<Long> commits = new ArrayList<>();
  private boolean scheduled;

  Flusher(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
    this.tally = new Tally(node.meters);
  }

  /** Called at most once a socket and turn: the socket remembers that it is in the list. */
  void add(Outbound outbound) {
    dirty.add(outbound);
    if (!scheduled) {
      scheduled = true;
      vertx.runOnContext(turn -> flush());
    }
  }

  /** A batch committed at this time goes out with the next flush. */
  void carries(long committedNanos) {
    if (scheduled) {
      commits.add(committedNanos);
    }
  }

  private void flush() {
    List<Outbound> written = dirty;
    dirty = new ArrayList<>(Math.max(10, written.size()));
    scheduled = false;
    long grown = 0;
    for (Outbound each : written) {
      grown += each.flush();
    }
    node.backlog.changed(grown);
    tally.settle();
    if (!commits.isEmpty()) {
      long now = System.nanoTime();
      commits.forEach(then -> node.meters.delivery.record(now - then, TimeUnit.NANOSECONDS));
      commits.clear();
    }
  }
}

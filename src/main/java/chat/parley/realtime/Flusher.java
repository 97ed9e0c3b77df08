package chat.parley.realtime;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Flushes every socket that was written to once at the end of the loop's turn: the cost is per
 * system call, not per frame. After a few hundred, two milliseconds, the loop reads what has come
 * meanwhile: a room of thousands must not keep everybody else waiting. What the turn handed out is
 * counted then, too.
 */
final class Flusher {
  private static final int SLICE = 400;

  private final Vertx vertx;
  private final Node node;
  final Tally tally;
  private final Deque<Outbound> dirty = new ArrayDeque<>();
  private final Deque<Carried> carried = new ArrayDeque<>();
  private long flushed;
  private boolean scheduled;

  /** A batch that is out once so many sockets have been flushed. */
  private record Carried(long committedNanos, long outAt) {}

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

  /** A batch committed at this time goes out with the sockets that wait now. */
  void carries(long committedNanos) {
    if (scheduled) {
      carried.add(new Carried(committedNanos, flushed + dirty.size()));
    }
  }

  private void flush() {
    Outbound last = flushSome();
    while (!dirty.isEmpty()) {
      if (last.afterReading(this::flush)) {
        return;
      }
      last = flushSome();
    }
    scheduled = false;
  }

  private Outbound flushSome() {
    Outbound last = null;
    long grown = 0;
    for (int i = 0; i < SLICE && !dirty.isEmpty(); i++) {
      last = dirty.poll();
      grown += last.flush();
      flushed++;
    }
    node.backlog.changed(grown);
    tally.settle();
    long now = System.nanoTime();
    while (!carried.isEmpty() && carried.peek().outAt <= flushed) {
      node.meters.delivery.record(now - carried.poll().committedNanos, TimeUnit.NANOSECONDS);
    }
    return last;
  }
}

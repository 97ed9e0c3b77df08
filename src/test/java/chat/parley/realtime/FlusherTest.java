package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Bus;
import chat.parley.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A room of thousands is flushed in slices, between which the loop reads. */
class FlusherTest {
  private static final int SOCKETS = 1_000;

  private final Vertx vertx = Vertx.vertx();
  private final RealtimeMeters meters = new RealtimeMeters(new SimpleMeterRegistry());
  private final Node node = new Node(vertx, Bus.of(vertx), false, meters, new Backlog(1 << 30));
  private final Flusher flusher = new Flusher(vertx, node);
  private final Deque<Runnable> afterReading = new ArrayDeque<>();
  private int flushes;

  private final class CountingWire implements Wire {
    private final boolean canWait;

    CountingWire(boolean canWait) {
      this.canWait = canWait;
    }

    @Override
    public void write(Run run) {
      // Counted at the flush.
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public boolean afterReading(Runnable task) {
      return canWait && afterReading.add(task);
    }

    @Override
    public long pendingBytes() {
      return 0;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void cut() {
      throw new AssertionError("nobody is slow");
    }
  }

  @AfterEach
  void close() {
    Await.get(vertx.close());
  }

  /** One message to everybody, of a batch that was committed just now; then the turn's end. */
  private void sayToAll(boolean canWait) {
    Run run = Run.of(new byte[10]);
    Await.get(
        Future.future(
            promise ->
                vertx.runOnContext(
                    turn -> {
                      IntStream.range(0, SOCKETS)
                          .mapToObj(i -> new Outbound(new CountingWire(canWait), flusher, node))
                          .forEach(each -> each.offer(run));
                      flusher.carries(System.nanoTime());
                      vertx.runOnContext(flushed -> promise.complete());
                    })));
  }

  @Test
  void loopReadsBetweenTheSlices() {
    sayToAll(true);
    assertEquals(400, flushes);
    assertEquals(0, meters.delivery.count(), "not all of it is out");
    while (!afterReading.isEmpty()) {
      int before = flushes;
      afterReading.poll().run();
      assertTrue(flushes - before <= 400, "a slice");
    }
    assertEquals(SOCKETS, flushes, "each once");
    assertEquals(1, meters.delivery.count());
    assertTrue(meters.delivery.totalTime(TimeUnit.SECONDS) < 60);
  }

  @Test
  void whereItCannotReadBetweenAllIsFlushedAtOnce() {
    sayToAll(false);
    assertEquals(SOCKETS, flushes);
    assertEquals(1, meters.delivery.count());
  }
}

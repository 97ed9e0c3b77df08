package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Bus;
import chat.parley.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a socket gets while its peer reads slowly, and while all peers together do. */
class OutboundTest {
  private static final int KIB = 1 << 10;

  private final Vertx vertx = Vertx.vertx();
  private final RealtimeMeters meters = new RealtimeMeters(new SimpleMeterRegistry());
  private final Backlog backlog = new Backlog(1_000 * KIB);
  private final Node node = new Node(vertx, Bus.of(vertx), false, meters, backlog);
  private final Flusher flusher = new Flusher(vertx, node);

  /** A peer that takes nothing until it is told to. */
  private static final class StalledWire implements Wire {
    long pending;
    boolean open = true;

    @Override
    public void write(Run run) {
      pending += run.bytes();
    }

    @Override
    public void flush() {
      // Takes nothing.
    }

    @Override
    public long pendingBytes() {
      return pending;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void cut() {
      open = false;
      pending = 0;
    }
  }

  private final StalledWire wire = new StalledWire();
  private final Outbound out = new Outbound(wire, flusher, node);

  @AfterEach
  void close() {
    Await.get(vertx.close());
  }

  /** One turn of the loop, with the flush that follows it. */
  private <T> T turn(Callable<T> work) {
    return Await.get(
        Future.future(
            promise ->
                vertx.runOnContext(
                    now -> {
                      try {
                        T done = work.call();
                        vertx.runOnContext(flushed -> promise.complete(done));
                      } catch (Exception failure) {
                        promise.fail(failure);
                      }
                    })));
  }

  private boolean offer(Outbound to, int bytes) {
    return turn(() -> to.offer(Run.of(new byte[bytes])));
  }

  private void signal() {
    turn(
        () -> {
          out.offerPassing(Run.of(new byte[10]));
          return null;
        });
    turn(
        () -> {
          flusher.tally.settle();
          return null;
        });
  }

  @Test
  void signalsGoFirstWhileMessagesStillCome() {
    signal();
    assertEquals(1, meters.signals.count());
    assertTrue(offer(out, 100 * KIB));
    signal();
    assertEquals(1, meters.signals.count(), "typing is shed");
    assertEquals(1, meters.signalsShed.count());
    assertTrue(offer(out, 100 * KIB), "and the message is not");
    assertEquals(2, meters.deliveries.count());
    assertEquals(200 * KIB + 10, meters.bytes.count());
  }

  @Test
  void socketOverItsBudgetGetsNothingUntilItHasDrained() {
    assertTrue(offer(out, 1_100 * KIB));
    backlog.changed(-backlog.bytes());
    assertFalse(offer(out, 1));
    assertEquals(1, meters.behind.get());
    wire.pending = 100 * KIB;
    assertFalse(offer(out, 1), "not yet drained");
    assertFalse(out.drained());
    wire.pending = 10 * KIB;
    assertTrue(out.drained(), "now it is told the heads");
    assertTrue(offer(out, 1));
    assertEquals(0, meters.behind.get());
    assertEquals(1, meters.fellBehind.count());
  }

  @Test
  void budgetShrinksInTheSameTurnInWhichAllPeersTogetherHoldTooMuch() {
    assertTrue(offer(out, 100 * KIB));
    assertEquals(100 * KIB, backlog.bytes());
    assertTrue(offer(new Outbound(new StalledWire(), flusher, node), 950 * KIB));
    assertEquals(1_050 * KIB, backlog.bytes());
    assertFalse(offer(out, 1), "100 KiB were fine, and are too much now");
    assertTrue(offer(new Outbound(new StalledWire(), flusher, node), 1), "who keeps up goes on");
  }

  @Test
  void whatWaitedForAPeerThatIsGoneWaitsNoMore() {
    assertTrue(offer(out, 1_050 * KIB));
    assertEquals(Backlog.TIGHT_SOCKET_BYTES, backlog.socketBudget());
    out.gone();
    assertEquals(0, backlog.bytes());
    assertEquals(Backlog.SOCKET_BYTES, backlog.socketBudget());
    assertFalse(offer(out, 1));
    assertEquals(0, out.grown());
  }

  @Test
  void peerThatDoesNotEvenTakeItsAnswersIsCut() {
    assertTrue(offer(out, 2_100 * KIB));
    turn(
        () -> {
          out.send(new byte[1]);
          return null;
        });
    assertFalse(wire.open);
    assertEquals(1, meters.cut.count());
  }
}

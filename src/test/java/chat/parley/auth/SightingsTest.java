package chat.parley.auth;

import static chat.parley.auth.AuthServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.testing.Await;
import chat.parley.testing.TestClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a database that answers when the test wants. */
class SightingsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Bus bus = Bus.of(vertx);
  private final TestClock clock = new TestClock();
  private final Sightings sightings = new Sightings(bus, clock);
  private final List<List<UUID>> told = new ArrayList<>();
  private Future<Void> answer = Future.succeededFuture();

  @BeforeEach
  void database() {
    onLoop(
        () -> {
          bus.serve(
              Addresses.SESSIONS_SEEN,
              ids -> {
                told.add(ids);
                return answer;
              });
          return null;
        });
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  private <T> T onLoop(Callable<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        turn -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return get(done.future());
  }

  /** So many sessions are used, then everything is told. */
  private void used(UUID... ids) {
    onLoop(
        () -> {
          List.of(ids).forEach(sightings::saw);
          sightings.tell();
          return null;
        });
  }

  private void toldBatches(int many) {
    Await.until(many + " batches", () -> onLoop(() -> told.size() == many));
  }

  @Test
  void sessionIsToldOnceAMinuteHoweverOftenItIsUsed() {
    UUID session = Ids.next();
    used(session, session, session);
    toldBatches(1);
    used(session);
    clock.advance(Sightings.AGAIN.minusSeconds(5));
    used(session);
    assertEquals(List.of(List.of(session)), onLoop(() -> List.copyOf(told)));
    clock.advance(Sightings.AGAIN);
    used(session);
    toldBatches(2);
  }

  @Test
  void manyAreToldInPortionsAndTheQueueHasAnEnd() {
    UUID[] crowd = new UUID[Sightings.MOST_WAITING + 10];
    for (int i = 0; i < crowd.length; i++) {
      crowd[i] = new UUID(0, i);
    }
    used(crowd);
    for (int batches = 1; batches <= 50; batches++) {
      toldBatches(batches);
      Await.until("the answer", () -> onLoop(() -> sightings.isIdle()));
      used();
    }
    assertEquals(
        Sightings.MOST_WAITING, onLoop(() -> told.stream().mapToInt(List::size).sum()).intValue());
    assertEquals(
        Sightings.MOST_AT_ONCE, onLoop(() -> told.stream().mapToInt(List::size).max().orElse(0)));
    used(crowd[crowd.length - 1]);
    toldBatches(51);
  }

  @Test
  void slowDatabaseIsAskedOnceAndAFailureIsToldAgainAtTheNextUse() {
    Promise<Void> slow = Promise.promise();
    answer = slow.future();
    UUID first = Ids.next();
    UUID second = Ids.next();
    used(first);
    toldBatches(1);
    used(second);
    assertEquals(1, onLoop(told::size).intValue());
    slow.fail(Problem.UNAVAILABLE.failure());
    Await.until("the failure", () -> onLoop(() -> sightings.isIdle()));
    answer = Future.succeededFuture();
    used(first);
    toldBatches(2);
    assertEquals(List.of(second, first), onLoop(() -> told.get(1)));
  }
}

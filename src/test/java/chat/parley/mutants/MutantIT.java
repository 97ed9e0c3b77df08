package chat.parley.mutants;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.history.Bounds;
import chat.parley.history.Nodes;
import chat.parley.history.Violation;
import chat.parley.history.Workload;
import chat.parley.mutants.Mutation.Place;
import chat.parley.testing.TestServer;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.sqlclient.SqlConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The checker finds every kind of wrong server, and finds nothing wrong with the right one. */
class MutantIT {
  private static final Workload.Size SIZE = new Workload.Size(6, 3, 25);
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private static Changes changes;

  @RegisterExtension final TestServer server = new TestServer();

  @BeforeAll
  static void changeable() {
    changes = new Changes();
  }

  @AfterAll
  static void restored() {
    changes.close();
  }

  @AfterEach
  void rightAgain() {
    Mutation.deactivate();
  }

  private Workload workload(String name) {
    return Workload.on(name, new Nodes(List.of(server.url())), Bounds.ofOneNode(), SIZE);
  }

  /**
   * Runs under load until the mutation has acted and was caught: a second or two where the machine
   * is quick. Some of its acts have no consequence that anybody could see, as when nobody listened;
   * then it acts again.
   */
  private void caught(
      String name, Place place, int every, UnaryOperator<Object> change, String by, String words) {
    try (Workload workload = workload(name)) {
      Mutation.activate(place, every, change);
      workload.load(SIZE);
      List<Violation> found = List.of();
      long end = workload.history().now() + PATIENCE_NANOS;
      while (!hasCaught(found, by, words) && workload.history().now() < end) {
        int before = Mutation.acted();
        assertTrue(workload.await(() -> Mutation.acted() > before, 30), "it never acted");
        pause(workload, 600);
        found = workload.look();
      }
      Mutation.deactivate();
      assertTrue(hasCaught(found, by, words), () -> by + " did not catch it");
      print(name, found, by, words);
    }
  }

  private static void pause(Workload workload, long millis) {
    long until = workload.history().now() + millis * 1_000_000;
    workload.await(() -> workload.history().now() > until, 30);
  }

  private static boolean hasCaught(List<Violation> found, String by, String words) {
    return found.stream()
        .anyMatch(each -> each.invariant().equals(by) && each.sentence().contains(words));
  }

  private static void print(String name, List<Violation> found, String by, String words) {
    found.stream()
        .filter(each -> hasCaught(List.of(each), by, words))
        .findFirst()
        .ifPresent(first -> System.out.println(name + " caught by " + first));
  }

  @Test
  void rightServerHolds() {
    try (Workload workload = workload("control")) {
      workload.load(SIZE).await(() -> false, 2);
      workload.assertHolds();
    }
  }

  @Test
  void busThatLosesIsNoViolation() {
    Random random = new Random(20261121);
    Handler<DeliveryContext<Object>> lossy =
        delivery -> {
          boolean ofRoom = delivery.message().address().startsWith("room.");
          if (!ofRoom || random.nextInt(10) != 0) {
            delivery.next();
          }
        };
    try (Workload workload = workload("lossy-bus")) {
      server.vertx().eventBus().addInboundInterceptor(lossy);
      workload.load(SIZE).await(() -> false, 2);
      server.vertx().eventBus().removeInboundInterceptor(lossy);
      workload.assertHolds();
    }
  }

  @Test
  void droppedEventsAreCaughtByTheLiveStream() {
    caught("drop", Place.DELIVERY, 1_000, entries -> List.of(), "I6", "left out");
  }

  @Test
  void swappedEventsAreCaughtByTheLiveStream() {
    caught("swap", Place.DELIVERY, 100, MutantIT::swapped, "I6", "after a later one");
  }

  @Test
  void repeatedEventIsCaughtByTheLiveStream() {
    caught("repeat", Place.DELIVERY, 300, MutantIT::repeated, "I6", "repeated");
  }

  @Test
  void swappedSendsAreCaughtByTheirOrder() {
    caught("swap-sends", Place.BATCH, 50, MutantIT::swapped, "I5", "sent first");
  }

  @Test
  void deliveryAfterRemovalIsCaughtByTheRemoval() {
    caught("removed", Place.DISMISSAL, 1, feed -> new Object(), "I10", "was removed");
  }

  @Test
  void wordsThatOutliveTheirDeletionAreCaught() {
    Earlier earlier = new Earlier();
    caught("leftover", Place.ROW, 1, earlier::wordsOfTombstone, "I12", "with null");
  }

  @Test
  void rowsFromBeforeAnEditAreCaught() {
    Earlier earlier = new Earlier();
    caught("stale", Place.ROW, 1, earlier::asFirstRead, "I12", "found it at");
  }

  @Test
  void pastThatTheHubDoesNotHideIsCaught() {
    UnaryOperator<Object> forgets = from -> (Long) from == 0 ? from : (Object) 0L;
    caught("unhidden", Place.HIDING, 1, forgets, "I11", "was added");
  }

  @Test
  void acknowledgementWithoutCommitIsCaughtAsLoss() {
    try (Workload workload = workload("early-ack")) {
      Mutation.activate(Place.TRANSACTION, 20, MutantIT::rollingBack);
      workload.load(SIZE);
      // Some of what was lost is sent again by clients that pretend not to have heard.
      assertTrue(workload.await(() -> Mutation.acted() > 8, 30), "it hardly acted");
      Mutation.deactivate();
      // Only the scan of a room at rest shows what is lost.
      assertTrue(workload.rest(30), "everybody comes to rest even so");
      List<Violation> found = workload.look();
      assertTrue(hasCaught(found, "I1", "acknowledged"), () -> "I1 did not catch it");
      print("early-ack", found, "I1", "acknowledged");
    }
  }

  private static Object swapped(Object list) {
    List<Object> items = new ArrayList<>((List<?>) list);
    if (items.size() < 2) {
      return list;
    }
    Collections.swap(items, 0, items.size() - 1);
    return items;
  }

  private static Object repeated(Object list) {
    List<Object> items = new ArrayList<>((List<?>) list);
    if (items.isEmpty()) {
      return list;
    }
    items.add(items.get(0));
    return items;
  }

  /** Says that it commits, and does not: the answer was given too early. */
  private static Object rollingBack(Object connection) {
    return Proxy.newProxyInstance(
        MutantIT.class.getClassLoader(),
        new Class<?>[] {SqlConnection.class},
        (proxy, method, arguments) -> {
          boolean commits = method.getName().equals("query") && "commit".equals(arguments[0]);
          try {
            return method.invoke(connection, commits ? new Object[] {"rollback"} : arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}

package chat.parley.auth;

import static chat.parley.auth.AuthServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts.EndedSince;
import chat.parley.model.Ids;
import chat.parley.testing.TestClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a database that answers what the test wants. */
class EndedSessionsTest {
  private static final UUID SESSION = Ids.next();

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Bus bus = Bus.of(vertx);
  private final TestClock clock = new TestClock();
  private final List<Duration> lookedBack = new ArrayList<>();
  private final List<UUID> announced = new ArrayList<>();
  private final EndedSessions ended =
      new EndedSessions(bus, AuthVerticle.Options.defaults(new byte[32]).withClock(clock));
  private Future<List<UUID>> answer = Future.succeededFuture(List.of());

  @BeforeEach
  void database() {
    onLoop(
        () -> {
          bus.serve(Addresses.SESSIONS_ENDED_SINCE, this::answer);
          bus.hear(Addresses.SESSIONS_ENDED, "", event -> announced.addAll(event.sessionIds()));
        });
    get(load());
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void loadLooksBackAsFarAsATokenLives() {
    assertTrue(lookedBack.get(0).compareTo(AuthServer.ACCESS_LIFE) >= 0);
  }

  @Test
  void endIsAnnouncedOnceThoughEveryPollBringsItAgain() {
    answer = Future.succeededFuture(List.of(SESSION));
    polled();
    polled();
    assertEquals(List.of(SESSION), announced);
    assertTrue(ended.contains(SESSION));
  }

  @Test
  void endIsKeptAsLongAsATokenLivesAndThenForgotten() {
    onLoop(() -> ended.add(List.of(SESSION)));
    clock.advance(AuthServer.ACCESS_LIFE);
    polled();
    assertTrue(ended.contains(SESSION));
    clock.advance(Duration.ofMinutes(5));
    polled();
    assertFalse(ended.contains(SESSION));
  }

  @Test
  void pollLooksBackAtLeastHalfAMinuteForWhatCommittedLate() {
    polled();
    assertTrue(lookedBack.get(1).compareTo(Duration.ofSeconds(30)) >= 0);
  }

  @Test
  void afterAnOutageThePollLooksBackOverAllOfIt() {
    onLoop(() -> ended.add(List.of(SESSION)));
    answer = Future.failedFuture(Problem.UNAVAILABLE.failure());
    clock.advance(Duration.ofMinutes(5));
    polled();
    clock.advance(Duration.ofMinutes(5));
    answer = Future.succeededFuture(List.of());
    polled();
    assertTrue(ended.contains(SESSION), "what is known stays known");
    assertTrue(lookedBack.get(2).compareTo(Duration.ofMinutes(10)) >= 0);
    polled();
    assertTrue(lookedBack.get(3).compareTo(Duration.ofMinutes(2)) < 0);
  }

  @Test
  void pollsDoNotPileUp() {
    Promise<List<UUID>> slow = Promise.promise();
    answer = slow.future();
    polled();
    polled();
    assertEquals(2, lookedBack.size(), "one load, one poll");
    slow.complete(List.of());
  }

  private Future<List<UUID>> answer(EndedSince question) {
    lookedBack.add(question.ago());
    return answer;
  }

  private Future<Void> load() {
    Promise<Void> loaded = Promise.promise();
    context.runOnContext(now -> ended.load().onComplete(loaded));
    return loaded.future();
  }

  /** Polls, and waits until the bus has carried question, answer and announcement. */
  private void polled() {
    onLoop(ended::poll);
    for (int i = 0; i < 10; i++) {
      onLoop(() -> {});
    }
  }

  private void onLoop(Runnable work) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> {
          work.run();
          done.complete();
        });
    get(done.future());
  }
}

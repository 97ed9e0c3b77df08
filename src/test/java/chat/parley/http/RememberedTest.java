package chat.parley.http;

import static chat.parley.testing.Await.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Accounts.SessionsEnded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  private final Remembered<String, String> remembered = new Remembered<>(bus);

  @AfterEach
  void close() {
    get(vertx.close());
  }

  private void learn(String key, String value) {
    get(remembered.ask(key, asked -> Future.succeededFuture(value)));
  }

  private void accountChanges() {
    bus.publish(Addresses.ACCOUNT_CHANGED, "", new AccountChanged(UUID.randomUUID()));
  }

  @Test
  void answerIsRememberedUntilAnAccountChanges() {
    learn("ann", "Ann");
    assertEquals("Ann", remembered.get("ann"));
    accountChanges();
    assertNull(remembered.get("ann"));
    learn("ann", "Anna");
    assertEquals("Anna", remembered.get("ann"));
  }

  @Test
  void endOfASessionCountsAtOnceOnEveryThread() {
    learn("ann", "Ann");
    // Another room's bus of the same node.
    Bus.of(vertx)
        .publish(Addresses.SESSIONS_ENDED, "", new SessionsEnded(List.of(UUID.randomUUID())));
    assertNull(remembered.get("ann"));
  }

  @Test
  void answerThatWasUnderWayWhenSomethingChangedCountsOnce() {
    Promise<String> slow = Promise.promise();
    Future<String> asked = remembered.ask("ann", key -> slow.future());
    accountChanges();
    slow.complete("Ann as she was");
    assertEquals("Ann as she was", get(asked));
    assertNull(remembered.get("ann"));
  }

  @Test
  void refusalIsNotRemembered() {
    learn("ann", "Ann");
    remembered.ask("ann", key -> Future.failedFuture(Problem.UNAUTHENTICATED.failure()));
    assertNull(remembered.get("ann"));
  }

  @Test
  void oldestGoesWhenThereAreTooMany() {
    learn("first", "1");
    for (int i = 0; i < 10_000; i++) {
      learn("key " + i, "value");
    }
    assertNull(remembered.get("first"));
    assertEquals("value", remembered.get("key 9999"));
  }
}

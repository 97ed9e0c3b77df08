package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Guessing at the sign-in. Each test guesses from an address of its own, or it would stop others.
 */
class LoginTrustIT {
  @RegisterExtension static final Target target = new Target();

  private static String passwordOf(Person person) {
    return "correct horse of " + person.name();
  }

  /** All that is told, but for what differs with each request. */
  private static Map<String, String> told(Reply reply) {
    Map<String, String> told = new TreeMap<>(reply.headers());
    told.keySet().removeAll(java.util.Set.of("x-request-id", "date", "ratelimit"));
    JsonObject body = new JsonObject(reply.text());
    body.remove("instance");
    told.put("status", Integer.toString(reply.status()));
    told.put("body", body.encode());
    return told;
  }

  @Test
  void s20_unknownNamesAndWrongPasswordsGetTheSameAnswer() {
    target.assumeLocal();
    Person ann = target.person("ann");
    From stranger = new From("127.0.20.1", target.port());
    Reply wrong = stranger.login(ann.name(), "not the password");
    assertEquals(401, wrong.status());
    assertEquals(told(wrong), told(stranger.login("no-" + ann.name(), "not the password")));
  }

  @Test
  void s21_tenWrongPasswordsStopTheGuesserAndNotTheOwner() {
    target.assumeLocal();
    Person ann = target.person("ann");
    From guesser = new From("127.0.21.1", target.port());
    IntStream.range(0, 10)
        .forEach(guess -> assertEquals(401, guesser.login(ann.name(), "guess " + guess).status()));
    Reply stopped = guesser.login(ann.name(), passwordOf(ann));
    assertEquals(429, stopped.status());
    assertNotNull(stopped.header("retry-after"));
    From owner = new From("127.0.21.2", target.port());
    assertEquals(200, owner.login(ann.name(), passwordOf(ann)).status());
  }

  @Test
  void s21_onePasswordOnManyAccountsIsStopped() {
    target.assumeLocal();
    From guesser = new From("127.0.21.3", target.port());
    long refused =
        IntStream.range(0, 80)
            .map(account -> guesser.login("account-" + account, "Summer2026!").status())
            .filter(status -> status == 429)
            .count();
    assertTrue(refused >= 20, refused + " of 80 were refused");
  }

  @Test
  void s29_noAccountIsThereByItself() {
    target.assumeLocal();
    From stranger = new From("127.0.29.1", target.port());
    for (String name : new String[] {"admin", "root", "parley", "administrator"}) {
      assertEquals(401, stranger.login(name, name).status(), name);
    }
  }
}

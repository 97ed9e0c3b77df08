package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whether the time of an answer tells if a name exists. {@code -Dtries=500} for the figure that is
 * on record; by default fewer, and a bound that a busy machine keeps too.
 */
class LoginTimingIT {
  private static final int TRIES = Integer.getInteger("tries", 40);
  private static final double MOST_MS = TRIES >= 500 ? 5 : 20;

  @RegisterExtension final TestServer server = new TestServer();

  private static double millis(From stranger, String name) {
    long started = System.nanoTime();
    assertEquals(401, stranger.login(name, "not the password").status());
    return (System.nanoTime() - started) / 1e6;
  }

  @Test
  void s20_unknownNamesTakeAsLongAsKnownOnes() {
    Person ann = server.person("ann");
    From stranger = new From("127.0.20.2", server.port());
    for (int warming = 0; warming < 10; warming++) {
      millis(stranger, ann.name());
      millis(stranger, "nobody");
    }
    Twins times =
        Twins.ask(
            TRIES, MOST_MS, () -> millis(stranger, ann.name()), () -> millis(stranger, "nobody"));
    System.out.println("sign-ins with a known name and an unknown one: " + times);
    assertTrue(times.apart() <= MOST_MS, times::toString);
  }
}

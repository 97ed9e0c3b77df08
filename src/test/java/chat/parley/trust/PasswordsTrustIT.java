package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.RawHttp.Reply;
import chat.parley.testing.Stopwatch;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords may be chosen (S23). What is refused makes no account and hashes nothing. */
class PasswordsTrustIT {
  @RegisterExtension static final Target target = new Target();

  /** Every try from an address of its own: there are limits on registering. */
  private int tries;

  private Reply register(String name, String password) {
    tries++;
    From from = new From("127.23." + tries / 250 + "." + (1 + tries % 250), target.port());
    return from.post(
        "/auth/register", new JsonObject().put("username", name).put("password", password));
  }

  private static String somebody() {
    return "pass-" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  private static List<String> mostTried() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                PasswordsTrustIT.class.getResourceAsStream("/dictionaries/passwords.txt"),
                StandardCharsets.UTF_8))) {
      return lines.lines().limit(3_000).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void s23_whatAnybodyWouldTryFirstIsRefused() {
    target.assumeLocal();
    mostTried()
        .forEach(
            password -> {
              Reply reply = register(somebody(), password);
              assertEquals(400, reply.status(), password);
              assertTrue(reply.text().contains("/password"), reply.text());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234", "!", "2026 "})
  void s23_theOwnNameIsRefused(String decoration) {
    target.assumeLocal();
    String name = somebody();
    assertEquals(400, register(name, name + decoration).status());
    assertEquals(400, register(name, name.toUpperCase(java.util.Locale.ROOT)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"short 7", "x", "\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E"})
  void s23_lessThanEightCharactersAreRefused(String password) {
    target.assumeLocal();
    assertEquals(400, register(somebody(), password).status());
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 127, 128})
  void s23_longOnesWithSpacesAndEmojiAreTaken(int codePoints) {
    target.assumeLocal();
    String name = somebody();
    String password = "ö \uD83D\uDC0E".repeat(43);
    String cut = password.substring(0, password.offsetByCodePoints(0, codePoints));
    assertEquals(201, register(name, cut).status());
    Person.signedIn(target.url(), name, cut);
  }

  @Test
  void s23_moreThan128AreRefused() {
    target.assumeLocal();
    assertEquals(400, register(somebody(), "y x".repeat(43)).status());
  }

  @Test
  void s23_whatDiffersLateIsAnotherPassword() {
    target.assumeLocal();
    String name = somebody();
    String seventyTwo = "a horse ".repeat(9);
    assertEquals(201, register(name, seventyTwo + "A").status());
    From from = new From("127.23.200.1", target.port());
    assertEquals(401, from.login(name, seventyTwo + "B").status());
    assertEquals(401, from.login(name, seventyTwo).status());
    assertEquals(200, from.login(name, seventyTwo + "A").status());
  }

  @Test
  void s23_aMegabyteIsRefusedAtOnce() {
    target.assumeLocal();
    String huge = "x".repeat(1 << 20);
    register(somebody(), huge);
    Duration most = Duration.ofMillis(50);
    Duration best =
        Stopwatch.shortest(
            most, () -> assertEquals(413, register(somebody(), huge).status(), "a megabyte"));
    assertTrue(best.compareTo(most) <= 0, best::toString);
  }
}

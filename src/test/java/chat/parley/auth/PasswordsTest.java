package chat.parley.auth;

import static chat.parley.auth.AuthServer.get;
import static chat.parley.auth.AuthServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Vertx VERTX = Vertx.vertx();
  private final Passwords passwords = new Passwords(VERTX, 2, Passwords.SEATS);

  @AfterAll
  static void close() {
    get(VERTX.close());
  }

  @Test
  void hashIsArgon2idOfTheAgreedStrengthWithItsOwnSalt() {
    String one = get(passwords.hash(PASSWORD));
    assertTrue(
        one.matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}"),
        one);
    assertNotEquals(one, get(passwords.hash(PASSWORD)));
  }

  /**
   * Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1
   * -l 32 -e.
   */
  @Test
  void hashOfTheReferenceImplementationIsUnderstood() {
    String reference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertTrue(get(passwords.matches("password", Optional.of(reference))));
    assertFalse(get(passwords.matches("passwort", Optional.of(reference))));
  }

  @Test
  void spellingsOfOnePasswordMatchAndNoOther() {
    Optional<String> hash = Optional.of(get(passwords.hash("Zwölf Bären")));
    assertTrue(get(passwords.matches("Zwo\u0308lf Ba\u0308ren", hash)));
    assertFalse(get(passwords.matches("zwölf bären", hash)));
  }

  @Test
  void everyByteCounts() {
    Optional<String> hash = Optional.of(get(passwords.hash("x".repeat(72) + "a")));
    assertFalse(get(passwords.matches("x".repeat(72) + "b", hash)));
  }

  @Test
  void nobodyHasNoPassword() {
    assertFalse(get(passwords.matches(PASSWORD, Optional.empty())));
  }

  @Test
  void whoFindsNoSeatIsSentAwayAtOnceAndSeatsComeFree() {
    Passwords small = new Passwords(VERTX, 2, 2);
    Future<String> first = small.hash(PASSWORD);
    Future<String> second = small.hash(PASSWORD);
    Future<String> third = small.hash(PASSWORD);
    assertTrue(third.failed());
    assertEquals(Problem.UNAVAILABLE, problem(third));
    assertEquals(1, AuthServer.failure(third).retryAfterSeconds());
    get(Future.all(first, second));
    get(small.hash(PASSWORD));
  }

  /** An unknown name hashes too, or the time of the answer would tell who has an account. */
  @Test
  void unknownNameTakesASeatLikeAKnownOne() {
    Passwords small = new Passwords(VERTX, 2, 1);
    Future<Boolean> unknown = small.matches(PASSWORD, Optional.empty());
    assertEquals(Problem.UNAVAILABLE, problem(small.hash(PASSWORD)));
    assertFalse(get(unknown));
  }
}

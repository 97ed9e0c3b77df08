package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.bus.Failure;
import chat.parley.model.Registration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  static String[] goodPasswords() {
    return new String[] {"8 chars.", "😀".repeat(8), "a b ".repeat(32), "🐎".repeat(128)};
  }

  @ParameterizedTest
  @MethodSource("goodPasswords")
  void anythingOf8To128CodePointsIsTaken(String password) {
    assertDoesNotThrow(() -> check(password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7 chars", "😀😀😀😀", "e\u0301e\u0301e\u0301e\u0301"})
  void shortOnesAreRefused(String password) {
    assertThrows(Failure.class, () -> check(password));
  }

  static String[] longPasswords() {
    return new String[] {"x".repeat(129), null, "ﷺ".repeat(20)};
  }

  @ParameterizedTest
  @MethodSource("longPasswords")
  void longOnesAndNoneAreRefused(String password) {
    assertThrows(Failure.class, () -> check(password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexandra",
        "ALEXANDRA",
        "Alexandra the Great",
        "alex.smith@example.org",
        "Alex.Smith"
      })
  void ownNameIsRefused(String password) {
    assertThrows(Failure.class, () -> check(password));
  }

  private static void check(String password) {
    Wrong wrong = new Wrong();
    Registration wish =
        new Registration("Alexandra", password, "alex.smith@example.org", "Alexandra the Great");
    PasswordRules.check(password, Names.of(wish, wrong), wrong);
    wrong.refuse();
  }
}

package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Failure;
import chat.parley.model.Registration;
import chat.parley.testing.CpuTime;
import java.time.Duration;
import java.util.List;
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
        "Alex.Smith",
        "alexandra1234",
        "2026 Alexandra!",
        "AlexandraAlexandra",
        "alex.smith99"
      })
  void ownNameIsRefused(String password) {
    assertThrows(Failure.class, () -> check(password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PassWord",
        "iloveyou",
        "qwertyuiop",
        "11111111",
        "correcthorsebatterystaple"
      })
  void whatAnybodyWouldTryIsRefused(String password) {
    assertThrows(Failure.class, () -> check(password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alexandra plays chess", "alexandrabcdefg", "my password is long"})
  void moreThanANameOrAWordIsTaken(String password) {
    assertDoesNotThrow(() -> check(password));
  }

  /** S23: what makes other rules slow is looked at no further than its length. */
  @ParameterizedTest
  @ValueSource(
      strings = {"aaaaaaaa", "\uFDFA", "e\u0301\u0323", "4lex4ndr4", "p4$$w0rd", "\u0130ß"})
  void hostileInputCostsNothing(String part) {
    String hostile = part.repeat(128).substring(0, 128);
    String huge = part.repeat(8_000);
    Duration most = Duration.ofMillis(50);
    for (String each : List.of(hostile, huge)) {
      Duration least = CpuTime.least(most, () -> refused(each));
      assertTrue(least.compareTo(most) <= 0, least::toString);
    }
  }

  private static boolean refused(String password) {
    try {
      check(password);
      return false;
    } catch (Failure refused) {
      return true;
    }
  }

  private static void check(String password) {
    Wrong wrong = new Wrong();
    Registration wish =
        new Registration("Alexandra", password, "alex.smith@example.org", "Alexandra the Great");
    PasswordRules.check(password, Names.of(wish, wrong), wrong);
    wrong.refuse();
  }
}

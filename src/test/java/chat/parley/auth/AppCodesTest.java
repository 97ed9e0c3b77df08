package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.AuthenticatorApp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppCodesTest {
  /** The key of RFC 6238, appendix B, in base 32. */
  private static final String RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private static Clock at(long second) {
    return Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
  }

  private static Optional<Long> stepOf(String code, long second) {
    return AuthServer.get(new AppCodes(at(second)).stepOf(code, RFC));
  }

  /** RFC 6238, appendix B, the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codesAreThoseOfTheStandard(long second, String code) {
    assertEquals(Optional.of(second / 30), stepOf(code, second));
    assertEquals(code, new AuthenticatorApp(RFC, at(second)).code());
  }

  @Test
  void neighboursCountAndNobodyElse() {
    AuthenticatorApp app = new AuthenticatorApp(RFC, at(1_234_567_890));
    long now = 1_234_567_890 / 30;
    for (long steps = -4; steps <= 4; steps++) {
      Optional<Long> expected = Math.abs(steps) <= 1 ? Optional.of(now + steps) : Optional.empty();
      assertEquals(expected, stepOf(app.code(steps), 1_234_567_890), "steps " + steps);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "87082", "2870820", "28708x", "٢٨٧٠٨٢", "-87082"})
  void whatIsNoCodeIsNone(String code) {
    assertEquals(Optional.empty(), stepOf(code, 59));
  }

  @Test
  void secretsHave160BitsAndAreReadByApps() {
    String secret = AppCodes.nextSecret();
    assertTrue(secret.matches("[A-Z2-7]{32}"), secret);
    assertEquals(
        "otpauth://totp/Parley:%C3%A4nne?secret=" + secret + "&issuer=Parley&period=30",
        AppCodes.uri(secret, "änne"));
  }
}

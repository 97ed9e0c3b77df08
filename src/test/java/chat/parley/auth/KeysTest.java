package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Test
  void secretOfLessThan32BytesIsRefused() {
    for (byte[] guessable : new byte[][] {null, {}, new byte[5], new byte[31]}) {
      assertThrows(IllegalArgumentException.class, () -> new Keys(guessable));
      assertThrows(
          IllegalArgumentException.class,
          () -> new AuthVerticle(AuthVerticle.Options.defaults(guessable)));
    }
  }

  @Test
  void everyPurposeAndPeriodHasItsOwnKey() {
    Keys keys = new Keys(SECRET);
    HexFormat hex = HexFormat.of();
    assertEquals(
        6,
        Set.of(
                hex.formatHex(keys.authenticatorSecrets()),
                hex.formatHex(keys.recoveryCodes()),
                hex.formatHex(keys.challenges()),
                hex.formatHex(keys.csrf()),
                hex.formatHex(keys.accessTokens(1)),
                hex.formatHex(keys.accessTokens(2)))
            .size());
    assertEquals(32, keys.csrf().length);
  }

  @Test
  void oneSecretGivesTheSameKeysOnEveryNode() {
    assertArrayEquals(new Keys(SECRET).accessTokens(7), new Keys(SECRET.clone()).accessTokens(7));
  }

  /** RFC 4231, test case 2. */
  @Test
  void hmacIsTheStandardOne() {
    byte[] hmac = Keys.hmac("Jefe".getBytes(), "what do ya want for nothing?".getBytes());
    assertEquals(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        HexFormat.of().formatHex(hmac));
  }

  @Test
  void optionsDoNotPrintTheirSecret() {
    String printed = AuthVerticle.Options.defaults(SECRET).toString();
    assertFalse(
        printed.contains("secret") || printed.contains("0123") || printed.contains("[B@"), printed);
  }
}

package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] SECRET =
      "a secret that both sides need as it is".getBytes(StandardCharsets.US_ASCII);

  private final UUID row = UUID.randomUUID();
  private final Seal seal = new Seal(new Keys("s".repeat(32).getBytes()).applications());

  @Test
  void whatWasSealedOpensAgainAndShowsNothing() {
    byte[] sealed = seal.close(row, SECRET);
    assertArrayEquals(SECRET, seal.open(row, sealed).orElseThrow());
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    assertFalse(text.contains(new String(SECRET, StandardCharsets.ISO_8859_1)));
    assertFalse(Arrays.equals(sealed, seal.close(row, SECRET)), "never the same twice");
  }

  @Test
  void noOtherRowOrServerOpensIt() {
    byte[] sealed = seal.close(row, SECRET);
    Seal other = new Seal(new Keys("t".repeat(32).getBytes()).applications());
    assertEquals(Optional.empty(), seal.open(UUID.randomUUID(), sealed));
    assertEquals(Optional.empty(), other.open(row, sealed));
  }

  @Test
  void everyFlippedBitAndEveryCutIsSeen() {
    byte[] sealed = seal.close(row, SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      assertEquals(Optional.empty(), seal.open(row, flipped));
      assertEquals(Optional.empty(), seal.open(row, Arrays.copyOf(sealed, i)));
    }
  }
}

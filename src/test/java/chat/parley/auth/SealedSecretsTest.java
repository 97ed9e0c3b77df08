package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedSecretsTest {
  private static final UUID OWNER = UUID.randomUUID();

  private final SealedSecrets secrets = new SealedSecrets(new byte[32]);

  @Test
  void whatWasSealedIsOpenedAgain() {
    assertEquals("JBSWY3DP", secrets.open(secrets.seal("JBSWY3DP", OWNER), OWNER));
  }

  @Test
  void sameSecretNeverLooksTheSame() {
    assertFalse(Arrays.equals(secrets.seal("JBSWY3DP", OWNER), secrets.seal("JBSWY3DP", OWNER)));
  }

  @Test
  void otherOwnersOtherKeysAndFlippedBitsOpenNothing() {
    byte[] sealed = secrets.seal("JBSWY3DP", OWNER);
    assertThrows(
        IllegalStateException.class, () -> secrets.open(sealed, UUID.randomUUID()), "owner");
    byte[] key = new byte[32];
    key[31] = 1;
    assertThrows(
        IllegalStateException.class, () -> new SealedSecrets(key).open(sealed, OWNER), "key");
    for (int i = 0; i < sealed.length; i++) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      assertThrows(IllegalStateException.class, () -> secrets.open(flipped, OWNER), "byte " + i);
    }
  }
}

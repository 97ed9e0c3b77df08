package chat.parley.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps in the database what both sides of a shared secret need as it is: AES-256-GCM, bound to the
 * row it is of, so that no row's secret opens another. Form: 12 bytes nonce, then the sealed text
 * with its tag.
 */
final class Seal {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  Seal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  byte[] close(UUID row, byte[] secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    sealed.writeBytes(nonce);
    try {
      sealed.writeBytes(cipher(Cipher.ENCRYPT_MODE, row, nonce).doFinal(secret));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has AES-GCM", impossible);
    }
    return sealed.toByteArray();
  }

  /** Empty when it was sealed for another row, or by a server with another secret. */
  Optional<byte[]> open(UUID row, byte[] sealed) {
    // Shorter than its tag, the JDK does not refuse it but breaks.
    if (sealed.length < NONCE + TAG_BITS / 8) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE, sealed.length);
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, row, nonce).doFinal(rest));
    } catch (GeneralSecurityException notOurs) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, UUID row, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(row.toString().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}

package chat.parley.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets that we have to read again, encrypted (AES-256-GCM, a fresh nonce each) and bound to
 * their owner: what is copied into another account's row cannot be opened there.
 */
final class SealedSecrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /** {@code key} has 32 bytes. */
  SealedSecrets(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** The nonce, then the text, then its tag. */
  byte[] seal(String secret, UUID owner) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, owner)
              .doFinal(secret.getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has AES-GCM", impossible);
    }
  }

  /**
   * Throws {@link IllegalStateException} for what was not sealed with this key for this owner: the
   * server's secret was changed, or somebody wrote to the database.
   */
  String open(byte[] sealed, UUID owner) {
    ByteBuffer rest = ByteBuffer.wrap(sealed);
    byte[] nonce = new byte[NONCE_BYTES];
    rest.get(nonce);
    byte[] text = new byte[rest.remaining()];
    rest.get(text);
    try {
      return new String(
          cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(text), StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException notOurs) {
      throw new IllegalStateException("A stored secret cannot be opened", notOurs);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, UUID owner) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.toString().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}

package chat.parley.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key a purpose, all derived from the one secret by HKDF-SHA256 (RFC 5869): knowing one tells
 * nothing of another, and every node that shares the secret has the same.
 */
public final class Keys {
  /** How long a signing key signs. */
  static final Duration PERIOD = Duration.ofDays(30);

  private static final int SHORTEST = 32;

  private final byte[] root;

  /**
   * Throws {@link IllegalArgumentException} for a secret of less than 32 bytes: it could be
   * guessed.
   */
  public Keys(byte[] secret) {
    requireLong(secret);
    this.root = hmac("parley".getBytes(StandardCharsets.UTF_8), secret);
  }

  /** Throws as the constructor does. */
  static void requireLong(byte[] secret) {
    if (secret == null || secret.length < SHORTEST) {
      throw new IllegalArgumentException("The secret must have at least " + SHORTEST + " bytes");
    }
  }

  /** Signs and verifies the access tokens of a period, see {@link #PERIOD}. */
  byte[] accessTokens(long period) {
    return derive("access-token " + period);
  }

  /** Makes CSRF tokens of session ids. */
  byte[] csrf() {
    return derive("csrf");
  }

  /** Seals the secrets that are shared with platforms, see {@link Seal}. */
  byte[] applications() {
    return derive("applications");
  }

  /** Encrypts what authenticator apps were told; 32 bytes. */
  byte[] authenticatorSecrets() {
    return derive("authenticator-secret");
  }

  /** Makes hashes of recovery codes. */
  byte[] recoveryCodes() {
    return derive("recovery-code");
  }

  /** Makes what passkeys are to sign. */
  byte[] challenges() {
    return derive("passkey-challenge");
  }

  /** Seals what a browser carries to a sign-in provider and back. */
  byte[] signInTrips() {
    return derive("sign-in-trips");
  }

  /** Makes the tokens of links in letters. */
  byte[] mailTokens() {
    return derive("mail-token");
  }

  /** Makes the tokens of links to files. */
  byte[] mediaLinks() {
    return derive("media-link");
  }

  /** By which the nodes of a cluster know each other; 32 bytes. */
  public byte[] cluster() {
    return derive("cluster");
  }

  /** HKDF-Expand for exactly one block. */
  private byte[] derive(String purpose) {
    return hmac(root, (purpose + "\u0001").getBytes(StandardCharsets.UTF_8));
  }

  static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java has HmacSHA256", impossible);
    }
  }
}

package chat.parley.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;

/**
 * Whether a platform signed a text, by the one algorithm of its key (RFC 8725 §3.1). Costs up to
 * half a millisecond.
 */
final class Signatures {
  private record Kind(String factory, String signature) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "RS256", new Kind("RSA", "SHA256withRSA"),
          "ES256", new Kind("EC", "SHA256withECDSAinP1363Format"),
          "EdDSA", new Kind("EdDSA", "Ed25519"));

  private Signatures() {}

  static boolean isHmac(byte[] secret, byte[] text, byte[] signature) {
    return MessageDigest.isEqual(Keys.hmac(secret, text), signature);
  }

  /** {@code encoded} is the public key as SubjectPublicKeyInfo. */
  static boolean isSigned(String algorithm, byte[] encoded, byte[] text, byte[] signature) {
    Kind kind = KINDS.get(algorithm);
    if (algorithm.equals("ES256") && !hasBothNumbers(signature)) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(kind.signature);
      verifier.initVerify(
          KeyFactory.getInstance(kind.factory).generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }

  /** Java before 17.0.3 takes two zeros as a signature of everything (CVE-2022-21449). */
  private static boolean hasBothNumbers(byte[] signature) {
    if (signature.length != 64) {
      return false;
    }
    int r = 0;
    int s = 0;
    for (int i = 0; i < 32; i++) {
      r |= signature[i];
      s |= signature[32 + i];
    }
    return r != 0 && s != 0;
  }
}

package chat.parley.auth;

import chat.parley.bus.Problem;
import chat.parley.model.JsonTree;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Reads the public key that an administrator pastes, PEM or JWK. Its kind fixes the algorithm for
 * good, so no token can choose one: RSA of 2048 to 8192 bits is RS256, P-256 is ES256, Ed25519 is
 * EdDSA.
 */
final class PublicKeys {
  private static final String POINTER = "/publicKey";

  /** What precedes the raw key in SubjectPublicKeyInfo (RFC 5480, RFC 8410). */
  private static final byte[] P256 =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  /** An algorithm and its key as SubjectPublicKeyInfo. */
  record Parsed(String algorithm, byte[] encoded) {}

  private PublicKeys() {}

  /** Throws INVALID at {@code /publicKey} for whatever is not such a key. */
  static Parsed parse(String text) {
    String trimmed = text.strip();
    if (trimmed.contains("PRIVATE KEY")) {
      throw Problem.INVALID.at(POINTER, "is a private key: keep it, and replace it now");
    }
    try {
      return checked(trimmed.startsWith("{") ? ofJwk(trimmed) : ofPem(trimmed));
    } catch (GeneralSecurityException | IllegalArgumentException | JsonTree.Refused notAKey) {
      throw Problem.INVALID.at(POINTER, "is no public key in PEM or JWK");
    }
  }

  private static Parsed checked(PublicKey key) throws GeneralSecurityException {
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      return require(bits >= 2048 && bits <= 8192, "RS256", key, "must have 2048 to 8192 bits");
    }
    if (key instanceof ECPublicKey ec) {
      return require(isP256(ec), "ES256", key, "must be on the curve P-256");
    }
    boolean ed25519 = key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
    return require(ed25519, "EdDSA", key, "must be RSA, P-256 or Ed25519");
  }

  private static Parsed require(boolean fits, String algorithm, PublicKey key, String otherwise) {
    if (!fits) {
      throw Problem.INVALID.at(POINTER, otherwise);
    }
    return new Parsed(algorithm, key.getEncoded());
  }

  private static boolean isP256(ECPublicKey key) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec wanted = curve.getParameterSpec(ECParameterSpec.class);
    return key.getParams().getCurve().equals(wanted.getCurve())
        && key.getParams().getGenerator().equals(wanted.getGenerator());
  }

  private static PublicKey ofPem(String pem) throws GeneralSecurityException {
    String begin = "-----BEGIN PUBLIC KEY-----";
    String end = "-----END PUBLIC KEY-----";
    if (!pem.startsWith(begin) || !pem.endsWith(end)) {
      throw new IllegalArgumentException("no PEM");
    }
    String body = pem.substring(begin.length(), pem.length() - end.length());
    return decoded(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
  }

  private static PublicKey decoded(byte[] encoded) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (GeneralSecurityException another) {
        // Its kind stands in the encoding, and each factory knows its own only.
      }
    }
    throw new GeneralSecurityException("of no kind we know");
  }

  private static PublicKey ofJwk(String json) throws GeneralSecurityException, JsonTree.Refused {
    if (!(JsonTree.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> jwk)) {
      throw new IllegalArgumentException("no object");
    }
    if (jwk.containsKey("d") || jwk.containsKey("k")) {
      throw Problem.INVALID.at(POINTER, "is a private key: keep it, and replace it now");
    }
    return switch (String.valueOf(jwk.get("kty")) + " " + jwk.get("crv")) {
      case "RSA null" ->
          KeyFactory.getInstance("RSA")
              .generatePublic(
                  new RSAPublicKeySpec(
                      new BigInteger(1, bytes(jwk, "n")), new BigInteger(1, bytes(jwk, "e"))));
      case "EC P-256" -> decoded(joined(P256, sized(jwk, "x"), sized(jwk, "y")));
      case "OKP Ed25519" -> decoded(joined(ED25519, sized(jwk, "x"), new byte[0]));
      default -> throw Problem.INVALID.at(POINTER, "must be RSA, P-256 or Ed25519");
    };
  }

  private static byte[] sized(Map<?, ?> jwk, String name) {
    byte[] bytes = bytes(jwk, name);
    if (bytes.length != 32) {
      throw new IllegalArgumentException(name);
    }
    return bytes;
  }

  private static byte[] bytes(Map<?, ?> jwk, String name) {
    if (!(jwk.get(name) instanceof String value)) {
      throw new IllegalArgumentException(name);
    }
    return Base64.getUrlDecoder().decode(value);
  }

  private static byte[] joined(byte[] first, byte[] second, byte[] third) {
    byte[] all = new byte[first.length + second.length + third.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(third, 0, all, first.length + second.length, third.length);
    return all;
  }
}

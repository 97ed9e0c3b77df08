package chat.parley.auth;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A token by which a platform vouches for one of its people, taken apart but not yet believed: a
 * JWT whose header says algorithm, key and maybe {@code typ}, and nothing else.
 */
final class PlatformToken {
  static final int LONGEST = 4_096;

  /** How much the platform's clock may differ from ours. */
  static final Duration SKEW = Duration.ofSeconds(60);

  static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  private static final Set<String> HEADER = Set.of("alg", "kid", "typ");
  private static final int SUBJECT = 255;
  private static final int ID = 128;

  /**
   * What a believed token says.
   *
   * @param name null when it says none; so is {@code email}
   */
  record Claims(String subject, String name, String email, String id, Instant expiresAt) {}

  private final UUID keyId;
  private final String algorithm;
  private final byte[] signed;
  private final byte[] signature;
  private final String payload;

  private PlatformToken(
      UUID keyId, String algorithm, byte[] signed, byte[] signature, String payload) {
    this.keyId = keyId;
    this.algorithm = algorithm;
    this.signed = signed;
    this.signature = signature;
    this.payload = payload;
  }

  /** Throws UNAUTHENTICATED, without a reason, for whatever cannot be such a token. */
  static PlatformToken read(String token) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > LONGEST || parts.length != 3) {
      throw Problem.UNAUTHENTICATED.failure();
    }
    Map<?, ?> header = object(parts[0]);
    boolean plain =
        HEADER.containsAll(header.keySet())
            && (!header.containsKey("typ") || "JWT".equals(header.get("typ")));
    if (!plain
        || !(header.get("alg") instanceof String algorithm)
        || !(header.get("kid") instanceof String kid)) {
      throw Problem.UNAUTHENTICATED.failure();
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    return new PlatformToken(uuid(kid), algorithm, signed, bytes(parts[2]), parts[1]);
  }

  /** By which key it claims to be signed. */
  UUID keyId() {
    return keyId;
  }

  String algorithm() {
    return algorithm;
  }

  byte[] signed() {
    return signed;
  }

  byte[] signature() {
    return signature;
  }

  /**
   * What it says, once its signature was found right: whoever made it may be told what is wrong
   * with it. Throws UNAUTHENTICATED.
   */
  Claims claims(UUID applicationId, String audience, Instant now) {
    Map<?, ?> claims = object(payload);
    require(applicationId.toString().equals(claims.get("iss")), "iss must be the application's id");
    require(isFor(claims.get("aud"), audience), "aud must be \"" + audience + "\"");
    Instant issuedAt = time(claims, "iat");
    Instant expiresAt = time(claims, "exp");
    require(!issuedAt.isAfter(now.plus(SKEW)), "iat lies in the future");
    require(
        claims.get("nbf") == null || !time(claims, "nbf").isAfter(now.plus(SKEW)),
        "nbf lies in the future");
    require(issuedAt.isBefore(expiresAt), "exp must be after iat");
    require(
        !expiresAt.isAfter(issuedAt.plus(LONGEST_LIFE)), "exp is more than 5 minutes after iat");
    require(now.isBefore(expiresAt.plus(SKEW)), "exp has passed");
    return new Claims(
        text(claims, "sub", SUBJECT),
        claims.get("name") == null ? null : text(claims, "name", LONGEST),
        claims.get("email") == null ? null : text(claims, "email", LONGEST),
        text(claims, "jti", ID),
        expiresAt);
  }

  private static boolean isFor(Object audience, String wanted) {
    return wanted.equals(audience) || audience instanceof List<?> list && list.contains(wanted);
  }

  private static Instant time(Map<?, ?> claims, String name) {
    boolean seconds =
        claims.get(name) instanceof Long value && value >= 0 && value < 253_402_300_800L;
    require(seconds, name + " must be whole seconds since 1970");
    return Instant.ofEpochSecond((Long) claims.get(name));
  }

  private static String text(Map<?, ?> claims, String name, int longest) {
    boolean fits =
        claims.get(name) instanceof String value
            && !value.isBlank()
            && Letters.length(value) <= longest;
    require(fits, name + " must be a text of 1 to " + longest + " characters");
    return (String) claims.get(name);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw Problem.UNAUTHENTICATED.because(otherwise);
    }
  }

  private static Map<?, ?> object(String part) {
    try {
      if (JsonTree.read(bytes(part)) instanceof Map<?, ?> object) {
        return object;
      }
    } catch (JsonTree.Refused notJson) {
      throw Problem.UNAUTHENTICATED.failure();
    }
    throw Problem.UNAUTHENTICATED.failure();
  }

  /** In its one true spelling: else two texts would be one token. */
  private static byte[] bytes(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (Secrets.text(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      throw Problem.UNAUTHENTICATED.failure();
    }
    throw Problem.UNAUTHENTICATED.failure();
  }

  private static UUID uuid(String kid) {
    Failure refused = Problem.UNAUTHENTICATED.failure();
    try {
      UUID id = UUID.fromString(kid);
      if (id.toString().equals(kid)) {
        return id;
      }
    } catch (IllegalArgumentException notAnId) {
      throw refused;
    }
    throw refused;
  }
}

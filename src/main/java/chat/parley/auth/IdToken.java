package chat.parley.auth;

import chat.parley.model.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What a provider says of somebody (OpenID Connect Core §3.1.3.7), believed only after everything
 * is checked. Whatever is wrong is an {@link IllegalArgumentException} that says what, for the
 * operator.
 */
final class IdToken {
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** It was made for a code that is a moment old. */
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final int LONGEST = 16 * 1024;
  private static final int LONGEST_SUBJECT = 255;

  private final Map<?, ?> header;
  private final String payload;
  private final byte[] signed;
  private final byte[] signature;

  private IdToken(Map<?, ?> header, String payload, byte[] signed, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  /** Taken apart, not yet believed. */
  static IdToken read(Object token) {
    require(token instanceof String text && text.length() <= LONGEST, "there is no id_token");
    String[] parts = ((String) token).split("\\.", -1);
    require(parts.length == 3, "the id_token is no signed JWT");
    IdToken read =
        new IdToken(
            object(parts[0]),
            parts[1],
            (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
            bytes(parts[2]));
    require(read.header.get("crit") == null, "the id_token has extensions");
    return read;
  }

  /** Null when it names none. */
  String keyId() {
    return header.get("kid") instanceof String id ? id : null;
  }

  /** By a key of this provider, and by that key's own algorithm. */
  void requireSigned(ProviderConfig by, Map<String, PublicKeys.Parsed> keys) {
    Object algorithm = header.get("alg");
    require(by.algorithms().contains(algorithm), "the id_token is signed by " + algorithm);
    List<PublicKeys.Parsed> able =
        keys.entrySet().stream()
            .filter(key -> keyId() == null || key.getKey().equals(keyId()))
            .map(Map.Entry::getValue)
            .filter(key -> key.algorithm().equals(algorithm))
            .toList();
    require(!able.isEmpty(), "the id_token names a key that the provider does not have");
    require(
        able.stream()
            .anyMatch(
                key -> Signatures.isSigned(key.algorithm(), key.encoded(), signed, signature)),
        "the id_token's signature is wrong");
  }

  /** The claims, once it is known who signed them. */
  Map<?, ?> claims(String issuer, String clientId, String nonce, Instant now) {
    Map<?, ?> claims = object(payload);
    require(issuer.equals(claims.get("iss")), "the id_token is another issuer's");
    requireAudience(claims, clientId);
    require(now.isBefore(time(claims, "exp").plus(SKEW)), "the id_token has expired");
    Instant issuedAt = time(claims, "iat");
    require(!issuedAt.isAfter(now.plus(SKEW)), "the id_token is from the future");
    require(issuedAt.plus(OLDEST).isAfter(now), "the id_token is old");
    require(
        claims.get("nbf") == null || !time(claims, "nbf").isAfter(now.plus(SKEW)),
        "the id_token is from the future");
    require(nonce.equals(claims.get("nonce")), "the id_token's nonce is not ours");
    require(
        claims.get("sub") instanceof String subject
            && !subject.isBlank()
            && subject.indexOf(0) < 0
            && subject.length() <= LONGEST_SUBJECT,
        "the id_token says nobody");
    return claims;
  }

  private static void requireAudience(Map<?, ?> claims, String clientId) {
    Object audience = claims.get("aud");
    boolean several = audience instanceof List<?> list && list.size() > 1;
    boolean ours =
        clientId.equals(audience) || audience instanceof List<?> list && list.contains(clientId);
    require(ours, "the id_token is for somebody else");
    Object party = claims.get("azp");
    require(
        clientId.equals(party) || party == null && !several,
        "the id_token was given to somebody else");
  }

  private static Instant time(Map<?, ?> claims, String name) {
    boolean seconds =
        claims.get(name) instanceof Long value && value >= 0 && value < 253_402_300_800L;
    require(seconds, "the id_token has no " + name);
    return Instant.ofEpochSecond((Long) claims.get(name));
  }

  private static Map<?, ?> object(String part) {
    try {
      if (JsonTree.read(bytes(part)) instanceof Map<?, ?> object) {
        return object;
      }
    } catch (JsonTree.Refused notJson) {
      throw new IllegalArgumentException("the id_token is no JSON");
    }
    throw new IllegalArgumentException("the id_token is no JSON object");
  }

  private static byte[] bytes(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

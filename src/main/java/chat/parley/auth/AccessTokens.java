package chat.parley.auth;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Ids;
import chat.parley.model.Tokens;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/**
 * Access tokens: JWT (RFC 9068), HS256, short-lived. Verifying costs two JSON parses and one HMAC,
 * about 20 µs. Whoever has a verified token still has to ask whether its session has ended.
 */
final class AccessTokens {
  /** Nodes' clocks may differ so much; longer lives are not stretched by it, as expiry is exact. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** No token of ours has more characters. */
  static final int LONGEST = 2_048;

  private static final String AUDIENCE = "parley-api";
  private static final String USE = "access";
  private static final int SIGNATURE = 43;

  /** What a token proves, until it expires. */
  record Claims(UUID userId, UUID sessionId, Instant expiresAt) {}

  private final KeyRing keys;
  private final String issuer;
  private final Duration life;
  private final Clock clock;

  AccessTokens(KeyRing keys, AuthVerticle.Options options) {
    this.keys = keys;
    this.issuer = options.issuer();
    this.life = options.accessLife();
    this.clock = options.clock();
  }

  /** A new access token of the session beside the refresh token that gives the next. */
  Tokens pair(LiveSession session, String refreshToken) {
    long seconds = Duration.between(clock.instant(), expiry(session)).toSeconds();
    return new Tokens(session.user(), issue(session), refreshToken, "Bearer", (int) seconds);
  }

  /** Never later than the session itself. */
  private Instant expiry(LiveSession session) {
    Instant expiry = clock.instant().plus(life);
    return expiry.isBefore(session.expiresAt()) ? expiry : session.expiresAt();
  }

  String issue(LiveSession session) {
    return keys.signing()
        .sign(
            new JsonObject()
                .put("iss", issuer)
                .put("aud", AUDIENCE)
                .put("use", USE)
                .put("sub", session.user().id().toString())
                .put("sid", session.id().toString())
                .put("name", session.user().username())
                .put("role", session.user().role().name().toLowerCase(Locale.ROOT))
                .put("iat", clock.instant().getEpochSecond())
                .put("exp", expiry(session).getEpochSecond())
                .put("jti", Ids.next().toString()));
  }

  /**
   * Fails with UNAUTHENTICATED, without a reason, for whatever we did not issue or what is over.
   */
  Future<Claims> verify(String token) {
    SigningKey key = signer(token);
    if (key == null) {
      return Future.failedFuture(Problem.UNAUTHENTICATED.failure());
    }
    // Composed, as the library throws where it should fail: at an expiry that is no number.
    return Future.succeededFuture(new TokenCredentials(token))
        .compose(key.verifier()::authenticate)
        .map(this::claims)
        .recover(cause -> Future.failedFuture(Problem.UNAUTHENTICATED.failure()));
  }

  /**
   * The key by which a token of three parts in their one true spelling claims to be signed, or
   * null.
   */
  private SigningKey signer(String token) {
    int header = token.indexOf('.');
    int payload = token.indexOf('.', header + 1);
    boolean threeParts = header > 0 && payload > header + 1 && token.indexOf('.', payload + 1) < 0;
    boolean fits =
        threeParts && token.length() <= LONGEST && isCanonical(token.substring(payload + 1));
    return fits ? keys.of(token.substring(0, header)) : null;
  }

  /**
   * The last character of a signature has two bits that decoders ignore: with them set it would be
   * another token.
   */
  private static boolean isCanonical(String signature) {
    if (signature.length() != SIGNATURE) {
      return false;
    }
    try {
      return Secrets.text(Base64.getUrlDecoder().decode(signature)).equals(signature);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private Claims claims(User user) {
    JsonObject claims = user.attributes().getJsonObject("accessToken");
    require(issuer.equals(claims.getValue("iss")));
    require(AUDIENCE.equals(claims.getValue("aud")));
    require(USE.equals(claims.getValue("use")));
    require(claims.getValue("jti") instanceof String);
    Instant now = clock.instant();
    require(!seconds(claims, "iat").isAfter(now.plus(SKEW)));
    Instant expiresAt = seconds(claims, "exp");
    require(now.isBefore(expiresAt));
    return new Claims(id(claims, "sub"), id(claims, "sid"), expiresAt);
  }

  private static Instant seconds(JsonObject claims, String name) {
    Object value = claims.getValue(name);
    require(value instanceof Integer || value instanceof Long);
    return Instant.ofEpochSecond(((Number) value).longValue());
  }

  private static UUID id(JsonObject claims, String name) {
    require(claims.getValue(name) instanceof String);
    return UUID.fromString(claims.getString(name));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw Problem.UNAUTHENTICATED.failure();
    }
  }
}

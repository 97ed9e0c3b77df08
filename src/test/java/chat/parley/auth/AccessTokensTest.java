package chat.parley.auth;

import static chat.parley.auth.AuthServer.get;
import static chat.parley.auth.AuthServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Ids;
import chat.parley.model.Role;
import chat.parley.model.Tokens;
import chat.parley.model.User;
import chat.parley.testing.TestClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Issues tokens, and forges them with the true key in hand wherever that makes the forgery better.
 */
class AccessTokensTest {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final Vertx VERTX = Vertx.vertx();
  private static final User ALICE = new User(Ids.next(), "alice", "Alice", null, Role.USER);

  private final TestClock clock = new TestClock();
  private final Keys keys = new Keys(SECRET);
  private final AccessTokens tokens = tokens(SECRET, "parley");
  private final LiveSession session =
      new LiveSession(Ids.next(), ALICE, clock.instant().plus(Duration.ofDays(30)));

  @AfterAll
  static void close() {
    get(VERTX.close());
  }

  private AccessTokens tokens(byte[] secret, String issuer) {
    AuthVerticle.Options defaults = AuthVerticle.Options.defaults(secret);
    return new AccessTokens(
        new KeyRing(VERTX, new Keys(secret), clock),
        new AuthVerticle.Options(
            secret,
            issuer,
            null,
            defaults.accessLife(),
            defaults.sessionLife(),
            null,
            1,
            clock,
            defaults.proofs()));
  }

  @Test
  void issuedTokenProvesPersonAndSession() {
    AccessTokens.Claims claims = get(tokens.verify(tokens.issue(session)));
    assertEquals(ALICE.id(), claims.userId());
    assertEquals(session.id(), claims.sessionId());
    assertEquals(
        clock.instant().plusSeconds(900).getEpochSecond(), claims.expiresAt().getEpochSecond(), 1);
  }

  @Test
  void tokenSaysNothingButWhatItMust() {
    String[] parts = tokens.issue(session).split("\\.");
    assertEquals(
        java.util.Set.of("iss", "aud", "use", "sub", "sid", "name", "role", "iat", "exp", "jti"),
        json(parts[1]).fieldNames());
    assertEquals(java.util.Set.of("typ", "alg", "kid"), json(parts[0]).fieldNames());
  }

  @Test
  void tokenExpiresOnTheSecond() {
    String token = tokens.issue(session);
    clock.advance(Duration.ofMinutes(15).minusSeconds(2));
    get(tokens.verify(token));
    clock.advance(Duration.ofSeconds(2));
    refused(token);
  }

  @Test
  void noTokenOutlivesItsSession() {
    LiveSession ending = new LiveSession(session.id(), ALICE, clock.instant().plusSeconds(10));
    Tokens pair = tokens.pair(ending, "refresh");
    assertEquals(true, pair.expiresIn() <= 10);
    clock.advance(Duration.ofSeconds(11));
    refused(pair.accessToken());
  }

  @Test
  void keyOfTheLastPeriodVerifiesButSignsNoMore() {
    String before = tokens.issue(session);
    long left = Keys.PERIOD.toMillis() - clock.millis() % Keys.PERIOD.toMillis();
    clock.advance(Duration.ofMillis(left - 1_000));
    String last = tokens.issue(session);
    clock.advance(Duration.ofSeconds(2));
    get(tokens.verify(last));
    assertEquals(part(before, 0), part(last, 0));
    assertNotEquals(part(last, 0), part(tokens.issue(session), 0));
  }

  @Test
  void tokenOfANodeWhoseClockIsAheadIsTaken() {
    clock.advance(Duration.ofSeconds(50));
    String ahead = tokens.issue(session);
    clock.advance(Duration.ofSeconds(-50));
    get(tokens.verify(ahead));
    clock.advance(Duration.ofSeconds(-20));
    refused(ahead);
  }

  @Test
  void tokenOfAnotherServerIsRefused() {
    refused(tokens("another secret of thirty-two bytes".getBytes(), "parley").issue(session));
    refused(tokens(SECRET, "elsewhere").issue(session));
  }

  /**
   * All four million ways to change one bit would take long; each bit of each character takes a
   * moment.
   */
  @Test
  void everyFlippedBitIsSeen() {
    String token = tokens.issue(session);
    for (int i = 0; i < token.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        StringBuilder flipped = new StringBuilder(token);
        flipped.setCharAt(i, (char) (token.charAt(i) ^ 1 << bit));
        refused(flipped.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "None", "NoNe", "NONE", "", "HS384", "HS512", "RS256", "ES256", "hs256"})
  void otherAlgorithmIsRefused(String algorithm) {
    refused(forged(header -> header.put("alg", algorithm), claims -> {}));
    String[] parts = forged(header -> header.put("alg", algorithm), claims -> {}).split("\\.");
    refused(parts[0] + "." + parts[1] + ".");
    refused(parts[0] + "." + parts[1]);
  }

  @Test
  void otherHashWithTheTrueKeyIsRefused() throws Exception {
    String[] parts = tokens.issue(session).split("\\.");
    String header = base64(json(parts[0]).put("alg", "HS512"));
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(key(), "HmacSHA512"));
    refused(
        header
            + "."
            + parts[1]
            + "."
            + Secrets.text(mac.doFinal((header + "." + parts[1]).getBytes())));
  }

  static Stream<Consumer<JsonObject>> foreignHeaders() {
    return Stream.of(
        header -> header.put("typ", "JWT"),
        header -> header.put("typ", "AT+JWT"),
        header -> header.remove("typ"),
        header -> header.remove("kid"),
        header -> header.remove("alg"),
        header -> header.put("kid", "../../../../dev/null"),
        header -> header.put("kid", "' or 1=1 --"),
        header -> header.put("kid", 1),
        header -> header.put("kid", header.getString("kid") + " "),
        header -> header.put("crit", new JsonArray().add("exp")),
        header -> header.put("crit", new JsonArray().add("unheard-of")),
        header -> header.put("b64", false).put("crit", new JsonArray().add("b64")),
        header -> header.put("jku", "https://evil.example/keys"),
        header -> header.put("x5u", "https://evil.example/chain"),
        header -> header.put("x5c", new JsonArray().add("MIIB")),
        header -> header.put("jwk", new JsonObject().put("kty", "oct").put("k", "AA")),
        header -> header.put("nonce", "n"),
        header -> header.put("zip", "DEF"),
        header -> header.put("cty", "JWT"));
  }

  @ParameterizedTest
  @MethodSource("foreignHeaders")
  void otherHeaderIsRefusedThoughTrulySigned(Consumer<JsonObject> change) {
    refused(forged(change, claims -> {}));
  }

  @Test
  void keyOfAnotherPeriodIsRefused() {
    long now = clock.millis() / Keys.PERIOD.toMillis();
    for (long period : new long[] {0, now - 2, now + 2}) {
      refused(
          SigningKey.of(VERTX, Long.toString(period), keys.accessTokens(period)).sign(claims()));
    }
  }

  static Stream<Consumer<JsonObject>> foreignClaims() {
    return Stream.of(
        claims -> claims.remove("exp"),
        claims -> claims.put("exp", claims.getValue("exp").toString()),
        claims -> claims.put("exp", claims.getLong("exp") + 0.5),
        claims -> claims.putNull("exp"),
        claims -> claims.put("exp", new JsonArray().add(claims.getValue("exp"))),
        claims -> claims.put("exp", -1),
        claims -> claims.put("exp", Long.MAX_VALUE),
        claims -> claims.put("exp", new java.math.BigInteger("99999999999999999999")),
        claims -> claims.put("exp", claims.getLong("iat") - 1),
        claims -> claims.remove("iat"),
        claims -> claims.put("iat", claims.getValue("iat").toString()),
        claims -> claims.put("iat", claims.getLong("iat") + 120),
        claims -> claims.remove("iss"),
        claims -> claims.put("iss", "elsewhere"),
        claims -> claims.remove("aud"),
        claims -> claims.put("aud", "elsewhere"),
        claims -> claims.put("aud", new JsonArray().add(claims.getValue("aud")).add("elsewhere")),
        claims -> claims.remove("use"),
        claims -> claims.put("use", "refresh"),
        claims -> claims.put("use", "reset"),
        claims -> claims.put("use", "ticket"),
        claims -> claims.remove("sub"),
        claims -> claims.put("sub", "alice"),
        claims -> claims.put("sub", 1),
        claims -> claims.remove("sid"),
        claims -> claims.put("sid", ""),
        claims -> claims.remove("jti"),
        JsonObject::clear);
  }

  @ParameterizedTest
  @MethodSource("foreignClaims")
  void otherClaimsAreRefusedThoughTrulySigned(Consumer<JsonObject> change) {
    refused(forged(header -> {}, change));
  }

  @Test
  void whatIsNoTokenIsRefused() {
    String token = tokens.issue(session);
    String[] parts = token.split("\\.");
    for (String other :
        new String[] {
          "",
          ".",
          "..",
          "...",
          "x",
          "a.b.c",
          token + ".",
          "." + token,
          token + "." + parts[2],
          parts[0] + "." + parts[1],
          parts[0] + ".." + parts[2],
          token + "=",
          token + " ",
          " " + token,
          token + "\n",
          parts[0] + "." + parts[1] + "=." + parts[2],
          token + "\u0000",
          parts[0] + "." + "[".repeat(100_000) + "." + parts[2],
          "é" + token,
          token.repeat(100)
        }) {
      refused(other);
    }
  }

  @Test
  void payloadThatIsNoObjectIsRefusedThoughTrulySigned() {
    String header = part(tokens.issue(session), 0);
    for (String payload :
        new String[] {"", "null", "[]", "1", "\"x\"", "{", "[".repeat(1_000), "{\"exp\":1e999}"}) {
      String text = header + "." + Secrets.text(payload.getBytes(StandardCharsets.UTF_8));
      refused(
          text + "." + Secrets.text(Keys.hmac(key(), text.getBytes(StandardCharsets.US_ASCII))));
    }
  }

  private void refused(String token) {
    assertEquals(Problem.UNAUTHENTICATED, problem(tokens.verify(token)), token);
  }

  private JsonObject claims() {
    return json(part(tokens.issue(session), 1));
  }

  /** A token changed and then signed as we would. */
  private String forged(Consumer<JsonObject> header, Consumer<JsonObject> claims) {
    JsonObject head = json(part(tokens.issue(session), 0));
    JsonObject body = claims();
    header.accept(head);
    claims.accept(body);
    String text = base64(head) + "." + base64(body);
    return text + "." + Secrets.text(Keys.hmac(key(), text.getBytes(StandardCharsets.US_ASCII)));
  }

  private byte[] key() {
    return keys.accessTokens(clock.millis() / Keys.PERIOD.toMillis());
  }

  private static String part(String token, int index) {
    return token.split("\\.")[index];
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }

  private static String base64(JsonObject json) {
    return Secrets.text(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}

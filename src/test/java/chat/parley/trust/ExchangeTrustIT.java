package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Platform;
import chat.parley.testing.RawHttp;
import chat.parley.testing.Stopwatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A platform vouches for its own people, and for nobody else's. */
class ExchangeTrustIT {
  private static final String SHOP = "https://shop.example";

  @RegisterExtension static final Target target = new Target();
  private static Person admin;
  private static Platform shop;
  private String subject;

  /** One for all tests: an administrator makes few keys an hour. */
  @BeforeAll
  static void platform() {
    admin = target.admin();
    shop = Platform.withSecret(admin, SHOP);
  }

  @BeforeEach
  void somebody() {
    subject = "s-" + UUID.randomUUID();
  }

  private Answer exchange(String token) {
    return target.stranger().post("/auth/exchange", new JsonObject().put("token", token));
  }

  private JsonObject signedIn(JsonObject claims) {
    return signedIn(shop, claims);
  }

  private JsonObject signedIn(Platform by, JsonObject claims) {
    Answer answer = exchange(by.token(claims));
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body();
  }

  private static String userId(JsonObject tokens) {
    return tokens.getJsonObject("user").getString("id");
  }

  @Test
  void subjectHasOneAccountHoweverOftenItComes() {
    JsonObject first = signedIn(shop.claims(subject).put("name", "Zoë Miller"));
    JsonObject user = first.getJsonObject("user");
    assertEquals("Zoë Miller", user.getString("displayName"));
    assertTrue(user.getString("username").startsWith("zoë.miller"), user.encode());
    assertEquals("user", user.getString("role"));
    assertEquals(userId(first), userId(signedIn(shop.claims(subject))));
    assertNotEquals(userId(first), userId(signedIn(shop.claims(subject + "x"))));
    Person zoe = Person.bearing(target.url(), first.getString("accessToken"));
    assertEquals(userId(first), zoe.get("/auth/me").body().getJsonObject("user").getString("id"));
    zoe.say(zoe.room("group"), "hello");
  }

  @Test
  void sameSubjectOfAnotherPlatformIsSomebodyElse() {
    Platform other = Platform.withSecret(admin);
    String first = userId(signedIn(shop.claims(subject)));
    Answer second = exchange(other.token(other.claims(subject)));
    assertEquals(200, second.status());
    assertNotEquals(first, userId(second.body()));
  }

  @Test
  void manyWhoComeAtOnceAreOneAccount() {
    List<String> accounts =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(i -> userId(signedIn(shop.claims(subject).put("name", "Crowd"))))
            .distinct()
            .toList();
    assertEquals(1, accounts.size());
  }

  @Test
  void nameThatIsTakenOrUnfitBecomesAnother() {
    JsonObject claims = shop.claims(subject).put("name", admin.name());
    JsonObject twin = signedIn(claims).getJsonObject("user");
    assertTrue(twin.getString("username").startsWith(admin.name() + "-"), twin.encode());
    for (String unfit : List.of("\u202eevil", "!!!", "x".repeat(300), "pаypal", "\u200b")) {
      JsonObject user =
          signedIn(shop.claims(subject + unfit.hashCode()).put("name", unfit))
              .getJsonObject("user");
      assertTrue(user.getString("username").matches("[\\p{L}\\p{N}._-]{2,32}"), user.encode());
      assertFalse(user.getString("displayName").contains("\u202e"));
    }
  }

  @Test
  void nameFollowsThePlatformsUntilThePlatformSaysNone() {
    signedIn(shop.claims(subject).put("name", "Anna Before"));
    JsonObject after = signedIn(shop.claims(subject).put("name", "Anna After"));
    assertEquals("Anna After", after.getJsonObject("user").getString("displayName"));
    JsonObject unsaid = signedIn(shop.claims(subject));
    assertEquals("Anna After", unsaid.getJsonObject("user").getString("displayName"));
  }

  @Test
  void addressIsTakenOverOnlyWhenNobodyHasIt() {
    String address = subject + "@shop.example";
    JsonObject first = signedIn(shop.claims(subject).put("email", address));
    JsonObject second = signedIn(shop.claims(subject + "2").put("email", address));
    assertEquals(address, me(first).getString("email"));
    assertNull(me(second).getString("email"));
    assertNotEquals(userId(first), userId(second), "an address proves nothing");
  }

  private static JsonObject me(JsonObject tokens) {
    return Person.bearing(target.url(), tokens.getString("accessToken")).get("/auth/me").body();
  }

  @Test
  void publicKeysOfEveryKindAreTaken() {
    Map<String, KeyPair> kinds =
        Map.of(
            "RS256", Platform.rsa(2048),
            "ES256", Platform.curve("secp256r1"),
            "EdDSA", Platform.edwards());
    kinds.forEach(
        (algorithm, keys) -> {
          Platform platform = Platform.withPublicKey(admin, keys, algorithm);
          assertEquals(200, exchange(platform.token(platform.claims(subject))).status(), algorithm);
          platform.trust(jwk(keys), keys, algorithm);
          assertEquals(200, exchange(platform.token(platform.claims(subject))).status(), algorithm);
        });
  }

  private static String jwk(KeyPair keys) {
    JsonObject jwk = new JsonObject();
    if (keys.getPublic() instanceof RSAPublicKey rsa) {
      jwk.put("kty", "RSA")
          .put("n", Platform.encoded(rsa.getModulus().toByteArray()))
          .put("e", Platform.encoded(rsa.getPublicExponent().toByteArray()));
    } else if (keys.getPublic() instanceof ECPublicKey ec) {
      jwk.put("kty", "EC")
          .put("crv", "P-256")
          .put("x", Platform.encoded(sized(ec.getW().getAffineX())))
          .put("y", Platform.encoded(sized(ec.getW().getAffineY())));
    } else {
      byte[] encoded = keys.getPublic().getEncoded();
      jwk.put("kty", "OKP")
          .put("crv", "Ed25519")
          .put("x", Platform.encoded(Arrays.copyOfRange(encoded, 12, 44)));
    }
    return jwk.encode();
  }

  private static byte[] sized(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] sized = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, sized, 32 - length, length);
    return sized;
  }

  @Test
  void keysThatAreWeakOrPrivateAreRefused() {
    Map<String, String> wrong =
        Map.of(
            "short", Platform.pem(Platform.rsa(1024)),
            "another curve", Platform.pem(Platform.curve("secp384r1")),
            "private", Platform.pem(Platform.edwards()).replace("PUBLIC", "PRIVATE"),
            "private JWK", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"d\":\"AA\"}",
            "secret JWK", "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
            "nothing", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "text", "ssh-ed25519 AAAA");
    wrong.forEach(
        (what, key) -> {
          Answer answer = admin.post(shop.path() + "/keys", new JsonObject().put("publicKey", key));
          assertEquals(400, answer.status(), what);
          assertTrue(answer.body().encode().contains("/publicKey"), what);
        });
  }

  /** S30, for the tokens of platforms. */
  @TestFactory
  Stream<DynamicTest> s30_forgedTokensAreRefused() {
    KeyPair rsa = Platform.rsa(2048);
    Platform signer = Platform.withPublicKey(admin, rsa, "RS256");
    JsonObject claims = signer.claims(subject);
    JsonObject header = signer.header();
    String good = signer.token(claims);
    byte[] pem = Platform.pem(rsa).getBytes(StandardCharsets.UTF_8);
    Platform.Signing byPem = Platform.hmac("HmacSHA256", pem);
    Platform.Signing byDer = Platform.hmac("HmacSHA256", rsa.getPublic().getEncoded());
    Platform.Signing byOther = Platform.signature("RS256", Platform.rsa(2048));
    Platform.Signing byNobody = text -> new byte[0];
    String hs256 = header.copy().put("alg", "HS256").encode();
    Map<String, String> forged = new LinkedHashMap<>();
    for (String none : List.of("none", "None", "NoNe", "")) {
      forged.put(
          "alg " + none,
          Platform.token(header.copy().put("alg", none).encode(), claims.encode(), byNobody));
    }
    forged.put("no signature", Platform.token(header.encode(), claims.encode(), byNobody));
    forged.put("another key", Platform.token(header.encode(), claims.encode(), byOther));
    forged.put("HS256 by the PEM", Platform.token(hs256, claims.encode(), byPem));
    forged.put("HS256 by the DER", Platform.token(hs256, claims.encode(), byDer));
    forged.put("RS512", signer.token(header.copy().put("alg", "RS512"), claims));
    Map<String, Object> extra =
        Map.of(
            "jku",
            SHOP,
            "x5u",
            SHOP,
            "jwk",
            new JsonObject(jwk(rsa)),
            "crit",
            new JsonArray().add("exp"),
            "b64",
            false);
    extra.forEach(
        (name, value) -> forged.put(name, signer.token(header.copy().put(name, value), claims)));
    for (Object kid :
        new Object[] {
          "../../../dev/null",
          "' or '1'='1",
          "",
          signer.keyId().toUpperCase(),
          7,
          shop.keyId(),
          null
        }) {
      forged.put("kid " + kid, signer.token(header.copy().put("kid", kid), claims));
    }
    forged.put("typ", signer.token(header.copy().put("typ", "at+jwt"), claims));
    forged.put("a flipped bit", flipped(good));
    forged.put("other claims", swapped(good, signer.claims(subject + "x")));
    forged.put("padding", good + "=");
    forged.put("a fourth part", good + ".");
    forged.put("two parts", good.substring(0, good.lastIndexOf('.')));
    forged.put(
        "key twice",
        Platform.token(
            header.encode().replaceFirst("\\{", "{\"alg\":\"none\","),
            claims.encode(),
            Platform.signature("RS256", rsa)));
    forged.put("our access token", target.person("eve").token());
    return forged.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      Answer answer = exchange(each.getValue());
                      assertEquals(401, answer.status(), answer.body()::encode);
                      assertNull(answer.body().getString("detail"), "strangers are told nothing");
                    }));
  }

  private static String flipped(String token) {
    int at = token.lastIndexOf('.') + 10;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private static String swapped(String token, JsonObject claims) {
    String[] parts = token.split("\\.");
    return parts[0] + "." + Platform.encoded(claims.encode().getBytes()) + "." + parts[2];
  }

  /** S31, and what else a true signature does not make right. */
  @TestFactory
  Stream<DynamicTest> s31_tokensThatAreNotForUsOrNotForNowAreRefused() {
    JsonObject good = shop.claims(subject);
    long now = good.getLong("iat");
    Map<String, JsonObject> wrong = new LinkedHashMap<>();
    wrong.put("another aud", good.copy().put("aud", "elsewhere"));
    wrong.put("no aud", without(good, "aud"));
    wrong.put("another iss", good.copy().put("iss", Platform.register(admin).id()));
    wrong.put("no iss", without(good, "iss"));
    wrong.put("no sub", without(good, "sub"));
    wrong.put("sub is a number", good.copy().put("sub", 7));
    wrong.put("sub is blank", good.copy().put("sub", " "));
    wrong.put("sub too long", good.copy().put("sub", "x".repeat(256)));
    wrong.put("no jti", without(good, "jti"));
    wrong.put("jti is a number", good.copy().put("jti", 7));
    wrong.put("no exp", without(good, "exp"));
    wrong.put("exp is text", good.copy().put("exp", "" + (now + 60)));
    wrong.put("exp is no whole number", good.copy().put("exp", now + 60.5));
    wrong.put("expired", good.copy().put("iat", now - 200).put("exp", now - 61));
    wrong.put("too long a life", good.copy().put("exp", now + 301));
    wrong.put("for ever", good.copy().put("exp", Long.MAX_VALUE));
    wrong.put("no iat", without(good, "iat"));
    wrong.put("iat in the future", good.copy().put("iat", now + 120).put("exp", now + 180));
    wrong.put("exp before iat", good.copy().put("exp", now - 1));
    wrong.put("nbf in the future", good.copy().put("nbf", now + 120));
    return wrong.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      Answer answer = exchange(shop.token(each.getValue()));
                      assertEquals(401, answer.status(), answer.body()::encode);
                    }));
  }

  private static JsonObject without(JsonObject claims, String name) {
    JsonObject rest = claims.copy();
    rest.remove(name);
    return rest;
  }

  @Test
  void clocksMayDifferByAMinute() {
    long now = System.currentTimeMillis() / 1000;
    JsonObject ahead = shop.claims(subject).put("iat", now + 50).put("exp", now + 300);
    JsonObject behind = shop.claims(subject).put("iat", now - 300).put("exp", now - 50);
    assertEquals(200, exchange(shop.token(ahead)).status());
    assertEquals(200, exchange(shop.token(behind)).status());
  }

  @Test
  void tokenCountsOnceHoweverManyTry() {
    String token = shop.token(shop.claims(subject));
    List<Integer> statuses =
        IntStream.range(0, 20).parallel().mapToObj(i -> exchange(token).status()).toList();
    assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses::toString);
    assertEquals(19, statuses.stream().filter(status -> status == 401).count());
  }

  @Test
  void tokenIdIsSpentWhateverElseTheNextTokenSays() {
    JsonObject claims = shop.claims(subject);
    assertEquals(200, exchange(shop.token(claims)).status());
    Answer again = exchange(shop.token(claims.put("sub", subject + "x")));
    assertEquals(401, again.status());
    assertEquals("This token was used before", again.body().getString("detail"));
  }

  @Test
  void keyThatIsTakenBackSignsNothing() {
    Platform mine = Platform.withSecret(admin, SHOP);
    String token = mine.token(mine.claims(subject));
    assertEquals(204, admin.delete(mine.path() + "/keys/" + mine.keyId()).status());
    assertEquals(401, exchange(token).status());
    assertEquals(404, admin.delete(mine.path() + "/keys/" + mine.keyId()).status());
  }

  @Test
  void disablingAPlatformEndsItsPeoplesSessionsAndSockets() {
    Platform mine = Platform.withSecret(admin, SHOP);
    JsonObject tokens = signedIn(mine, mine.claims(subject));
    BusSocket socket = BusSocket.open(target.url(), "?token=" + tokens.getString("accessToken"));
    socket.register("user." + userId(tokens));
    Stopwatch since = Stopwatch.started();
    assertEquals(200, admin.patch(mine.path(), new JsonObject().put("disabled", true)).status());
    assertEquals(4001, socket.closeCode());
    assertTrue(since.isWithin(Duration.ofSeconds(1)), "within a second");
    assertEquals(401, bearing(tokens).get("/auth/me").status());
    assertEquals(403, exchange(mine.token(mine.claims(subject))).status());
    Answer enabled = admin.patch(mine.path(), new JsonObject().put("disabled", false));
    assertFalse(enabled.body().getBoolean("disabled"));
    assertEquals(userId(tokens), userId(signedIn(mine, mine.claims(subject))));
  }

  @Test
  void removedPlatformVouchesForNobody() {
    Platform mine = Platform.withSecret(admin, SHOP);
    JsonObject tokens = signedIn(mine, mine.claims(subject));
    String token = mine.token(mine.claims(subject));
    assertEquals(204, admin.delete(mine.path()).status());
    assertEquals(401, bearing(tokens).get("/auth/me").status());
    assertEquals(401, exchange(token).status());
    assertEquals(404, admin.get(mine.path()).status());
  }

  private static Person bearing(JsonObject tokens) {
    return Person.bearing(target.url(), tokens.getString("accessToken"));
  }

  @Test
  void onlyAdministratorsKeepPlatforms() {
    Person eve = target.person("eve");
    JsonObject body = new JsonObject().put("name", "Mine");
    assertEquals(404, eve.get("/admin/applications").status());
    assertEquals(404, eve.post("/admin/applications", body).status());
    assertEquals(404, eve.get(shop.path()).status());
    assertEquals(404, eve.patch(shop.path(), body).status());
    assertEquals(404, eve.delete(shop.path()).status());
    assertEquals(404, eve.post(shop.path() + "/keys", new JsonObject()).status());
    assertEquals(404, eve.delete(shop.path() + "/keys/" + shop.keyId()).status());
    assertEquals(401, target.stranger().get("/admin/applications").status());
    JsonObject listed = admin.get(shop.path()).body();
    assertEquals("Shop", listed.getString("name"));
    assertNull(listed.getJsonArray("keys").getJsonObject(0).getString("secret"), "shown once");
  }

  @Test
  void originsAreKeptAsBrowsersWriteThem() {
    Platform mine = Platform.register(admin);
    JsonArray origins = new JsonArray().add("HTTPS://Shop.Example:443/").add("http://a.b:8080");
    Answer changed = admin.patch(mine.path(), new JsonObject().put("origins", origins));
    assertEquals(
        new JsonArray().add(SHOP).add("http://a.b:8080"), changed.body().getJsonArray("origins"));
    for (String wrong :
        List.of("*", "null", "shop.example", "https://", "https://a/b", "ftp://a", "https://u@a")) {
      Answer refused =
          admin.patch(mine.path(), new JsonObject().put("origins", new JsonArray().add(wrong)));
      assertEquals(400, refused.status(), wrong);
    }
  }

  // Pages of the platform.

  private RawHttp.Reply from(String origin, String method, String path, JsonObject body) {
    target.assumeLocal();
    return RawHttp.send(
        target.port(),
        method,
        "/api/v1" + path,
        List.of(
            "Origin: " + origin,
            "Content-Type: application/json",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: content-type"),
        body == null ? new byte[0] : body.encode().getBytes(StandardCharsets.UTF_8));
  }

  private JsonObject body() {
    return new JsonObject().put("token", shop.token(shop.claims(subject)));
  }

  @Test
  void pagesOfThePlatformMayExchangeAndReadTheAnswer() {
    RawHttp.Reply asked = from(SHOP, "OPTIONS", "/auth/exchange", null);
    assertEquals(SHOP, asked.header("access-control-allow-origin"));
    RawHttp.Reply answer = from(SHOP, "POST", "/auth/exchange", body());
    assertEquals(200, answer.status(), answer.text());
    assertEquals(SHOP, answer.header("access-control-allow-origin"));
    assertNull(answer.header("access-control-allow-credentials"));
  }

  @Test
  void pagesOfOthersMayNot() {
    for (String origin : List.of("https://evil.example", "null", SHOP + ".evil.example")) {
      RawHttp.Reply answer = from(origin, "POST", "/auth/exchange", body());
      assertEquals(403, answer.status(), answer.text());
      assertNull(answer.header("access-control-allow-origin"));
      assertEquals(403, from(origin, "POST", "/session/exchange", body()).status());
    }
    Platform other = Platform.withSecret(admin, "https://other.example");
    JsonObject body = new JsonObject().put("token", other.token(other.claims(subject)));
    assertEquals(
        403, from(SHOP, "POST", "/auth/exchange", body).status(), "another platform's origin");
  }

  @Test
  void siteSessionComesAsAfterSigningIn() {
    RawHttp.Reply answer =
        from("http://localhost:" + target.port(), "POST", "/session/exchange", body());
    assertEquals(200, answer.status(), answer.text());
    String cookie = answer.header("set-cookie");
    assertTrue(cookie.matches("(?i).*; httponly; samesite=strict.*"), cookie);
    RawHttp.Reply session =
        RawHttp.send(
            target.port(),
            "GET",
            "/api/v1/session",
            List.of("Cookie: " + cookie.substring(0, cookie.indexOf(';'))),
            new byte[0]);
    assertTrue(new JsonObject(session.text()).containsKey("csrfToken"), session.text());
  }

  @Test
  void socketOfThePlatformsPageNeedsATokenAndTakesNoCookie() {
    String token = signedIn(shop.claims(subject)).getString("accessToken");
    BusSocket.open(target.url(), "?token=" + token, "Origin", SHOP).close();
    RawHttp.Reply refused = upgrade("", "Origin: " + SHOP, "Cookie: parley=x");
    assertEquals(403, refused.status());
    assertEquals(403, upgrade("?token=" + token, "Origin: https://evil.example").status());
  }

  private static RawHttp.Reply upgrade(String query, String... headers) {
    target.assumeLocal();
    return RawHttp.send(
        target.port(),
        "GET",
        "/eventbus/websocket" + query,
        Stream.concat(
                Stream.of(headers),
                Stream.of(
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
            .toList(),
        new byte[0]);
  }
}

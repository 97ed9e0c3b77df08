package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.auth.OidcOptions;
import chat.parley.testing.Query;
import chat.parley.testing.Surfer;
import chat.parley.testing.TestProvider;
import chat.parley.testing.TestServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signing in by a provider, attacked from the browser's side and from the provider's: whatever is
 * not exactly as it should be opens nothing, and leads to a page that says so.
 */
class OidcTrustIT {
  private static final String BEGIN = "/api/v1/session/oidc";
  private static final TestProvider PROVIDER = TestProvider.start();

  @RegisterExtension final TestServer server = new TestServer().withOidc(PROVIDER.options());

  private Surfer ann;

  @BeforeEach
  void behave() {
    PROVIDER.behave();
    ann = new Surfer(server.url());
  }

  @AfterAll
  static void closed() {
    PROVIDER.close();
  }

  private static JsonObject person(String subject) {
    return new JsonObject().put("sub", subject).put("preferred_username", subject);
  }

  /** All the way, as the browser goes it; where it ends. */
  private static String signIn(Surfer surfer, JsonObject person) {
    String there = Surfer.location(surfer.get(BEGIN));
    return Surfer.location(surfer.get(PROVIDER.allow(there, person)));
  }

  private static void assertRefused(String why, Surfer surfer, String location) {
    assertEquals("/#/sign-in-failed/" + why, location);
    assertFalse(surfer.session().containsKey("user"), "somebody is signed in");
  }

  private static String name(Surfer surfer) {
    return surfer.session().getJsonObject("user").getString("username");
  }

  @Test
  void whoTheProviderVouchesForIsLetIn() {
    HttpResponse<String> sent = ann.get(BEGIN);
    assertEquals(302, sent.statusCode());
    Map<String, String> asked = Query.of(Surfer.location(sent));
    assertEquals("code", asked.get("response_type"));
    assertEquals("S256", asked.get("code_challenge_method"));
    assertEquals(server.url() + "/api/v1/session/oidc/callback", asked.get("redirect_uri"));
    assertNotEquals(asked.get("state"), asked.get("nonce"));
    String cookie = sent.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Lax"), cookie);
    HttpResponse<String> back =
        ann.get(PROVIDER.allow(Surfer.location(sent), person("ann").put("name", "Ann Lee")));
    assertEquals("/", Surfer.location(back));
    assertEquals("no-store", back.headers().firstValue("Cache-Control").orElseThrow());
    assertEquals("ann", name(ann));
    assertEquals("Ann Lee", ann.session().getJsonObject("user").getString("displayName"));
    assertEquals(1, ann.cookies().size(), ann.cookies()::toString);
  }

  @Test
  void theSamePersonComesBackToTheSameAccountWhateverTheyAreCalledNow() {
    signIn(ann, person("ann"));
    String id = ann.session().getJsonObject("user").getString("id");
    Surfer elsewhere = new Surfer(server.url());
    assertEquals("/", signIn(elsewhere, person("ann").put("preferred_username", "bob")));
    assertEquals(id, elsewhere.session().getJsonObject("user").getString("id"));
  }

  @Test
  void anAccountIsNeverFoundByItsNameOrAddress() {
    JsonObject wish =
        new JsonObject()
            .put("username", "ann")
            .put("email", "ann@example.org")
            .put("password", "a horse that nobody rides");
    assertEquals(201, ann.post("/api/v1/auth/register", wish).statusCode());
    JsonObject twin =
        person("thief")
            .put("preferred_username", "ann")
            .put("email", "ann@example.org")
            .put("email_verified", true);
    assertEquals("/", signIn(ann, twin));
    assertTrue(name(ann).matches("ann-[0-9]+"), name(ann));
  }

  @Test
  void anAddressIsKeptOnlyWhenItIsVerified() {
    signIn(ann, person("ann").put("email", "ann@example.org").put("email_verified", true));
    assertEquals("ann@example.org", email(ann));
    Surfer ben = new Surfer(server.url());
    signIn(ben, person("ben").put("email", "ben@example.org").put("email_verified", false));
    assertNull(email(ben));
    Surfer cat = new Surfer(server.url());
    signIn(cat, person("cat").put("email", "cat@example.org").put("email_verified", "true"));
    assertNull(email(cat));
  }

  private static String email(Surfer surfer) {
    return new JsonObject(surfer.get("/api/v1/auth/me").body()).getString("email");
  }

  @Test
  void anotherStateIsRefused() {
    String there = Surfer.location(ann.get(BEGIN));
    String back = PROVIDER.allow(there, person("ann"));
    assertRefused("sign-in-expired", ann, Surfer.location(ann.get(back + "x")));
  }

  @Test
  void anotherBrowserIsRefused() {
    String back = PROVIDER.allow(Surfer.location(ann.get(BEGIN)), person("ann"));
    Surfer victim = new Surfer(server.url());
    assertRefused("sign-in-expired", victim, Surfer.location(victim.get(back)));
    victim.get(BEGIN);
    assertRefused("sign-in-expired", victim, Surfer.location(victim.get(back)));
  }

  @Test
  void aForgedCookieIsRefused() {
    String back = PROVIDER.allow(Surfer.location(ann.get(BEGIN)), person("ann"));
    ann.cookies()
        .replaceAll((name, value) -> value.substring(0, 30) + "AAAA" + value.substring(34));
    assertRefused("sign-in-expired", ann, Surfer.location(ann.get(back)));
    ann.cookies().put("parley-trip", "A".repeat(5_000));
    assertRefused("sign-in-expired", ann, Surfer.location(ann.get(back)));
  }

  @Test
  void theWayBackWorksOnce() {
    String there = Surfer.location(ann.get(BEGIN));
    String back = PROVIDER.allow(there, person("ann"));
    Map<String, String> kept = Map.copyOf(ann.cookies());
    assertEquals("/", Surfer.location(ann.get(back)));
    Surfer replay = new Surfer(server.url());
    assertRefused("sign-in-expired", replay, Surfer.location(replay.get(back)));
    replay.cookies().putAll(kept);
    assertRefused("provider-refused", replay, Surfer.location(replay.get(back)));
  }

  @Test
  void aCodeOfAnotherSignInIsRefused() {
    Surfer thief = new Surfer(server.url());
    String stolen = PROVIDER.allow(Surfer.location(ann.get(BEGIN)), person("ann"));
    String state = Query.of(Surfer.location(thief.get(BEGIN))).get("state");
    String injected =
        "/api/v1/session/oidc/callback?code=" + Query.of(stolen).get("code") + "&state=" + state;
    assertRefused("provider-refused", thief, Surfer.location(thief.get(injected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonce",
        "no nonce",
        "aud",
        "auds",
        "azp",
        "iss",
        "exp",
        "no exp",
        "exp text",
        "iat future",
        "iat old",
        "no iat",
        "nbf",
        "no sub",
        "empty sub"
      })
  void aTokenThatIsNotForUsNowIsRefused(String wrong) {
    long now = Instant.now().getEpochSecond();
    UnaryOperator<JsonObject> spoil =
        switch (wrong) {
          case "nonce" -> claims -> claims.put("nonce", "another");
          case "no nonce" -> claims -> without(claims, "nonce");
          case "aud" -> claims -> claims.put("aud", "another");
          case "auds" ->
              claims -> claims.put("aud", new JsonArray().add("another").add(TestProvider.CLIENT));
          case "azp" -> claims -> claims.put("azp", "another");
          case "iss" -> claims -> claims.put("iss", "https://login.example");
          case "exp" -> claims -> claims.put("exp", now - 3_600);
          case "no exp" -> claims -> without(claims, "exp");
          case "exp text" -> claims -> claims.put("exp", Long.toString(now + 300));
          case "iat future" -> claims -> claims.put("iat", now + 3_600);
          case "iat old" -> claims -> claims.put("iat", now - 86_400);
          case "no iat" -> claims -> without(claims, "iat");
          case "nbf" -> claims -> claims.put("nbf", now + 3_600);
          case "no sub" -> claims -> without(claims, "sub");
          default -> claims -> claims.put("sub", "");
        };
    PROVIDER.claim(spoil);
    assertRefused("provider-refused", ann, signIn(ann, person("ann")));
  }

  private static JsonObject without(JsonObject claims, String name) {
    claims.remove(name);
    return claims;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "nOnE",
        "other key",
        "public key as secret",
        "flipped",
        "crit",
        "none at all"
      })
  void aTokenThatIsNotSignedByTheProviderIsRefused(String wrong) {
    Function<JsonObject, String> forge =
        switch (wrong) {
          case "none" -> TestProvider::unsigned;
          case "nOnE" ->
              body ->
                  TestProvider.text(TestProvider.header("nOnE", PROVIDER.keyId()))
                      + "."
                      + TestProvider.text(body)
                      + ".AAAA";
          case "other key" -> PROVIDER::signedByAnother;
          case "public key as secret" -> OidcTrustIT::signedByPublicKey;
          case "flipped" -> body -> flipped(PROVIDER.signedByRsa(body));
          case "crit" ->
              body ->
                  PROVIDER
                      .signedByRsa(body)
                      .replaceFirst(
                          "^[^.]+",
                          TestProvider.text(
                              TestProvider.header("RS256", PROVIDER.keyId())
                                  .put("crit", new JsonArray().add("b64"))));
          default -> body -> null;
        };
    PROVIDER.sign(forge);
    assertRefused("provider-refused", ann, signIn(ann, person("ann")));
  }

  private static String flipped(String token) {
    int at = token.lastIndexOf('.') - 10;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private static String signedByPublicKey(JsonObject body) {
    String text =
        TestProvider.text(TestProvider.header("HS256", PROVIDER.keyId()))
            + "."
            + TestProvider.text(body);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(PROVIDER.publicKey(), "HmacSHA256"));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + TestProvider.text(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void bothKindsOfKeysAreTaken() {
    PROVIDER.sign(PROVIDER::signedByEc);
    assertEquals("/", signIn(ann, person("ann")));
    PROVIDER.behave();
    Surfer ben = new Surfer(server.url());
    assertEquals("/", signIn(ben, person("ben")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "huge", "endless", "redirect", "html", "list"})
  void whatTheProviderShouldNotSayOpensNothing(String kind) {
    Consumer<HttpServerRequest> nonsense =
        request -> {
          switch (kind) {
            case "500" -> request.response().setStatusCode(500).end("{}");
            case "huge" -> request.response().end("{\"a\":\"" + "x".repeat(300_000) + "\"}");
            case "endless" ->
                request.response().setChunked(true).write("{\"a\":\"" + "x".repeat(300_000));
            case "redirect" ->
                request
                    .response()
                    .setStatusCode(307)
                    .putHeader("Location", server.url() + "/health")
                    .end();
            case "html" -> request.response().end("<html>");
            default -> request.response().end("[]");
          }
        };
    PROVIDER.answerTokens(nonsense);
    assertRefused("unavailable", ann, signIn(ann, person("ann")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "server_error"})
  void anErrorOfTheProviderIsTold(String error) {
    String state = Query.of(Surfer.location(ann.get(BEGIN))).get("state");
    HttpResponse<String> back =
        ann.get("/api/v1/session/oidc/callback?error=" + error + "&state=" + state);
    boolean denied = error.equals("access_denied");
    assertRefused(denied ? "access-denied" : "provider-refused", ann, Surfer.location(back));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?state=x", "?code=x", "?code=&state=", "?state=%00&code=%ff"})
  void nonsenseOpensNothing(String query) {
    HttpResponse<String> back = ann.get("/api/v1/session/oidc/callback" + query);
    assertTrue(back.statusCode() == 302 || back.statusCode() == 400, back.statusCode() + query);
    assertFalse(ann.session().containsKey("user"));
  }

  @Test
  void itLeadsNowhereElse() {
    HttpResponse<String> sent =
        ann.get(BEGIN + "?redirect_uri=https://evil.example&next=//evil.example");
    assertEquals(
        server.url() + "/api/v1/session/oidc/callback",
        Query.of(Surfer.location(sent)).get("redirect_uri"));
    String back = PROVIDER.allow(Surfer.location(sent), person("ann"));
    assertEquals("/", Surfer.location(ann.get(back + "&next=//evil.example")));
  }

  @Test
  void aForeignPageBeginsNothing() {
    String location = Surfer.location(ann.get(BEGIN, "Sec-Fetch-Site", "cross-site"));
    assertRefused("cross-site", ann, location);
    assertTrue(ann.cookies().isEmpty());
  }

  @Test
  void anIdentityIsAddedToWhoIsSignedIn() {
    signIn(ann, person("ann"));
    String id = ann.session().getJsonObject("user").getString("id");
    assertEquals("/", link(ann, person("ann-at-work")));
    assertEquals(id, ann.session().getJsonObject("user").getString("id"));
    Surfer elsewhere = new Surfer(server.url());
    signIn(elsewhere, person("ann-at-work"));
    assertEquals(id, elsewhere.session().getJsonObject("user").getString("id"));
    assertEquals(2, identities(ann).size());
  }

  @Test
  void anIdentityOfSomebodyElseIsNotAdded() {
    signIn(ann, person("ann"));
    Surfer ben = new Surfer(server.url());
    signIn(ben, person("ben"));
    assertEquals("/#/sign-in-failed/identity-taken", link(ann, person("ben")));
    assertEquals(1, identities(ann).size());
  }

  @Test
  void onlyOurOwnPageAddsAnIdentity() {
    signIn(ann, person("ann"));
    String[] from = {"none", "same-site", "cross-site"};
    for (String site : from) {
      String location = Surfer.location(ann.get(BEGIN + "?link=1", "Sec-Fetch-Site", site));
      assertEquals("/#/sign-in-failed/cross-site", location, site);
    }
    assertEquals("/#/sign-in-failed/cross-site", Surfer.location(ann.get(BEGIN + "?link=1")));
    Surfer nobody = new Surfer(server.url());
    assertEquals(
        "/#/sign-in-failed/unauthenticated",
        Surfer.location(nobody.get(BEGIN + "?link=1", "Sec-Fetch-Site", "same-origin")));
  }

  private static String link(Surfer surfer, JsonObject person) {
    String there = Surfer.location(surfer.get(BEGIN + "?link=1", "Sec-Fetch-Site", "same-origin"));
    // The site's cookie is not sent to where another site leads.
    String site = surfer.cookies().remove("parley");
    String end = Surfer.location(surfer.get(PROVIDER.allow(there, person)));
    surfer.cookies().putIfAbsent("parley", site);
    return end;
  }

  private static JsonArray identities(Surfer surfer) {
    return new JsonObject(surfer.get("/api/v1/auth/identities").body()).getJsonArray("items");
  }

  @Test
  void theLastWayInStays() {
    signIn(ann, person("ann"));
    link(ann, person("ann-at-work"));
    String csrf = ann.session().getString("csrfToken");
    String first = "/api/v1/auth/identities/" + identities(ann).getJsonObject(0).getString("id");
    String second = "/api/v1/auth/identities/" + identities(ann).getJsonObject(1).getString("id");
    Surfer ben = new Surfer(server.url());
    signIn(ben, person("ben"));
    link(ben, person("ben-at-work"));
    assertEquals(
        404, ben.delete(first, "X-CSRF-Token", ben.session().getString("csrfToken")).statusCode());
    assertEquals(403, ann.delete(first).statusCode());
    assertEquals(204, ann.delete(first, "X-CSRF-Token", csrf).statusCode());
    assertEquals(409, ann.delete(second, "X-CSRF-Token", csrf).statusCode());
  }

  @Test
  void aClosedServerTakesNobodyNew() {
    signIn(ann, person("ann"));
    server.stop();
    server.withRegistrationOpen(false).start();
    Surfer again = new Surfer(server.url());
    assertEquals("/", signIn(again, person("ann")));
    Surfer ben = new Surfer(server.url());
    assertRefused("registration-closed", ben, signIn(ben, person("ben")));
    assertEquals(
        "closed", new JsonObject(ben.get("/api/v1/auth/methods").body()).getString("registration"));
  }

  @Test
  void keysAreReadAgainForANewOneAndNotForEveryToken() {
    signIn(ann, person("ann"));
    PROVIDER.rotate();
    assertEquals("/", signIn(new Surfer(server.url()), person("ann")));
    int read = PROVIDER.keyReads();
    PROVIDER.rotate();
    for (int i = 0; i < 5; i++) {
      Surfer again = new Surfer(server.url());
      assertRefused("provider-refused", again, signIn(again, person("ann")));
    }
    assertEquals(read, PROVIDER.keyReads());
  }

  /** Signed in long ago, as the database remembers it. */
  private void letTheProofGoStale() {
    try (Connection connection =
            DriverManager.getConnection(
                server.database().jdbcUrl(),
                server.database().user(),
                server.database().password());
        Statement statement = connection.createStatement()) {
      statement.execute("update sessions set confirmed_at = now() - interval '11 minutes'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoSignedInLongAgoHasToProveItAgain() {
    signIn(ann, person("ann"));
    link(ann, person("ann-at-work"));
    letTheProofGoStale();
    String location = Surfer.location(ann.get(BEGIN + "?link=1", "Sec-Fetch-Site", "same-origin"));
    assertEquals("/#/sign-in-failed/confirm-first", location);
    String csrf = ann.session().getString("csrfToken");
    String first = "/api/v1/auth/identities/" + identities(ann).getJsonObject(0).getString("id");
    HttpResponse<String> answer = ann.delete(first, "X-CSRF-Token", csrf);
    assertEquals(403, answer.statusCode());
    assertTrue(answer.body().contains("/problems/confirm-first"), answer.body());
  }

  @Test
  void whoComesManyTimesAtOnceGetsOneAccount() {
    List<String> ways =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                way -> {
                  Surfer surfer = new Surfer(server.url());
                  assertEquals("/", signIn(surfer, person("ann")));
                  return surfer.session().getJsonObject("user").getString("id");
                })
            .distinct()
            .toList();
    assertEquals(1, ways.size(), ways::toString);
  }

  @Test
  void whatWasLinkedMeanwhileToAnEndedSessionIsNot() {
    signIn(ann, person("ann"));
    String there = Surfer.location(ann.get(BEGIN + "?link=1", "Sec-Fetch-Site", "same-origin"));
    String csrf = ann.session().getString("csrfToken");
    assertEquals(204, ann.delete("/api/v1/session", "X-CSRF-Token", csrf).statusCode());
    String end = Surfer.location(ann.get(PROVIDER.allow(there, person("thief"))));
    assertRefused("unauthenticated", ann, end);
  }

  @Test
  void aDeadProviderStopsNeitherTheServerNorAnythingElse() {
    server.stop();
    OidcOptions dead =
        new OidcOptions("http://127.0.0.1:1", "parley", "", "Dead", List.of("openid"), true);
    server.withOidc(dead).start();
    assertRefused("unavailable", ann, Surfer.location(ann.get(BEGIN)));
    assertEquals(200, ann.get("/ready").statusCode());
    server.person("ben");
  }

  /** S76: also what the provider says of itself must not lead into our own network. */
  @Test
  void aProviderAtAPrivateAddressIsNotAskedUnlessThatIsAllowed() {
    server.stop();
    OidcOptions near = PROVIDER.options();
    server
        .withOidc(
            new OidcOptions(near.issuer(), near.clientId(), "", near.name(), near.scopes(), false))
        .start();
    int before = PROVIDER.asked();
    assertRefused("unavailable", ann, Surfer.location(ann.get(BEGIN)));
    assertEquals(before, PROVIDER.asked());
  }

  @Test
  void aProviderThatCallsItselfOtherwiseIsNotUsed() {
    server.stop();
    String other = PROVIDER.issuer().replace("127.0.0.1", "localhost");
    server
        .withOidc(new OidcOptions(other, TestProvider.CLIENT, "", "Other", List.of("openid"), true))
        .start();
    assertRefused("unavailable", ann, Surfer.location(ann.get(BEGIN)));
  }
}

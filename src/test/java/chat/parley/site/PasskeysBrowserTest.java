package chat.parley.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.testing.AuthenticatorApp;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import com.google.gson.JsonArray;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passkeys as a browser makes and uses them, with an authenticator of Chromium's own. */
class PasskeysBrowserTest {
  private static final String SCRIPT =
      """
      window.call = async (method, path, body) => {
        const answer = await fetch('/api/v1' + path, {
          method,
          headers: { 'content-type': 'application/json', 'x-csrf-token': window.csrf ?? '' },
          body: body && JSON.stringify(body),
        });
        const text = await answer.text();
        return JSON.stringify({ status: answer.status, body: text ? JSON.parse(text) : {} });
      };
      window.make = async (options, name) => {
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey);
        const credential = await navigator.credentials.create({ publicKey });
        return JSON.stringify({ challengeId: options.challengeId, name, credential: credential.toJSON() });
      };
      window.sign = async options => {
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
        const credential = await navigator.credentials.get({ publicKey });
        return JSON.stringify({ challengeId: options.challengeId, credential: credential.toJSON() });
      };
      """;

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private Person ann;
  private Person stranger;
  private Page page;
  private CDPSession devices;
  private String device;

  @BeforeEach
  void annOpensThePageAndHasADevice() {
    ann = server.person("ann").at(local(server.port()));
    stranger = Person.stranger(local(server.port()));
    page = browser.person("ann");
    page.addInitScript(SCRIPT);
    page.navigate(local(server.port()));
    devices = page.context().newCDPSession(page);
    devices.send("WebAuthn.enable");
    device =
        devices
            .send("WebAuthn.addVirtualAuthenticator", gson("{\"options\":" + DEVICE + "}"))
            .get("authenticatorId")
            .getAsString();
  }

  private static final String DEVICE =
      "{\"protocol\":\"ctap2\",\"transport\":\"internal\",\"hasResidentKey\":true,"
          + "\"hasUserVerification\":true,\"isUserVerified\":true,\"automaticPresenceSimulation\":true}";

  private static String local(int port) {
    return "http://localhost:" + port;
  }

  private static com.google.gson.JsonObject gson(String json) {
    return com.google.gson.JsonParser.parseString(json).getAsJsonObject();
  }

  private com.google.gson.JsonObject ofDevice() {
    return gson("{\"authenticatorId\":\"" + device + "\"}");
  }

  /** By the page, with its cookie. */
  private Answer call(String method, String path, JsonObject body) {
    String script = "([method, path, body]) => call(method, path, body && JSON.parse(body))";
    String sent = body == null ? null : body.encode();
    List<String> arguments = Arrays.asList(method, path, sent);
    JsonObject answer = new JsonObject((String) page.evaluate(script, arguments));
    return new Answer(answer.getInteger("status"), answer.getJsonObject("body"));
  }

  private JsonObject make(JsonObject options, String name) {
    String script = "([options, name]) => make(JSON.parse(options), name)";
    return new JsonObject((String) page.evaluate(script, List.of(options.encode(), name)));
  }

  private JsonObject sign(JsonObject options) {
    return new JsonObject(
        (String) page.evaluate("options => sign(JSON.parse(options))", options.encode()));
  }

  private JsonObject options() {
    Answer answer = stranger.post("/auth/passkey-options", null);
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body();
  }

  /** Ann's program begins, her browser makes it. */
  private JsonObject add(String name) {
    Answer added = ann.post("/auth/passkeys", make(making(), name));
    assertEquals(201, added.status(), added.body()::encode);
    return added.body();
  }

  private JsonObject making() {
    Answer begun = ann.post("/auth/passkeys/options", null);
    assertEquals(200, begun.status(), begun.body()::encode);
    return begun.body();
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.body().getString("type", "");
  }

  private void assertRefused(JsonObject signed) {
    assertEquals(
        "401 /problems/bad-credentials", problem(stranger.post("/auth/passkey-login", signed)));
  }

  @Test
  void pageMakesAPasskeySignsOutAndComesBackByIt() {
    JsonObject login = new JsonObject().put("login", "ann").put("password", "correct horse of ann");
    Answer in = call("POST", "/session", login);
    page.evaluate("token => { window.csrf = token; }", in.body().getString("csrfToken"));
    Answer begun = call("POST", "/auth/passkeys/options", null);
    Answer added = call("POST", "/auth/passkeys", make(begun.body(), "Ann's phone"));
    assertEquals(201, added.status(), added.body()::encode);
    assertEquals("Ann's phone", added.body().getString("name"));
    assertEquals(204, call("DELETE", "/session", null).status());
    assertEquals(new JsonObject(), call("GET", "/session", null).body());

    Answer back =
        call("POST", "/session/passkey", sign(call("POST", "/auth/passkey-options", null).body()));
    assertEquals(200, back.status(), back.body()::encode);
    assertEquals("ann", back.body().getJsonObject("user").getString("username"));
    assertEquals(back.body(), call("GET", "/session", null).body());
    JsonObject listed =
        call("GET", "/auth/second-factor", null).body().getJsonArray("passkeys").getJsonObject(0);
    assertTrue(listed.containsKey("lastUsedAt"), listed::encode);
  }

  @Test
  void programComesInByAPasskeyWithoutACodeThoughThePasswordNeedsOne() {
    add("phone");
    AuthenticatorApp app =
        new AuthenticatorApp(ann.post("/auth/totp", null).body().getString("secret"));
    JsonObject code = new JsonObject().put("code", app.code());
    assertEquals(200, ann.post("/auth/totp/confirm", code).status());
    Answer in = stranger.post("/auth/passkey-login", sign(options()));
    assertEquals(200, in.status(), in.body()::encode);
    assertFalse(in.body().getString("accessToken").isEmpty());
  }

  @Test
  void assertionCountsOnce() throws SQLException {
    add("phone");
    JsonObject signed = sign(options());
    List<Integer> statuses =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> stranger.post("/auth/passkey-login", signed).status())
            .sorted()
            .toList();
    assertEquals(List.of(200, 401, 401, 401, 401, 401, 401, 401), statuses);
    assertRefused(signed);
    // Many passkeys do not count; then it is the challenge that was answered before.
    sql("update passkeys set sign_count = 0");
    assertRefused(signed);
    assertEquals(200, stranger.post("/auth/passkey-login", sign(options())).status());
  }

  @Test
  void assertionOfAnotherChallengeIsRefused() {
    add("phone");
    assertRefused(sign(options()).put("challengeId", options().getString("challengeId")));
    assertRefused(sign(options()).put("challengeId", "AAAA"));
    JsonObject made = making();
    JsonObject asIfToSignIn = options();
    asIfToSignIn
        .getJsonObject("publicKey")
        .put("challenge", made.getJsonObject("publicKey").getString("challenge"));
    assertRefused(sign(asIfToSignIn).put("challengeId", made.getString("challengeId")));
  }

  /**
   * A page at another port of this machine: the browser lends it the passkey, we do not take it.
   */
  @Test
  void assertionOfAnotherOriginIsRefused() {
    add("phone");
    JsonObject options = options();
    page.route("http://localhost:9/**", PasskeysBrowserTest::emptyPage);
    page.navigate("http://localhost:9/");
    assertRefused(sign(options));
    page.navigate(local(server.port()));
    assertEquals(200, stranger.post("/auth/passkey-login", sign(options)).status());
  }

  private static void emptyPage(Route route) {
    route.fulfill(
        new Route.FulfillOptions().setContentType("text/html").setBody("<!doctype html>"));
  }

  @Test
  void forgottenPasskeyIsRefusedAndOthersAreNotMineToForget() {
    JsonObject passkey = add("phone");
    Person bob = server.person("bob");
    assertEquals(404, bob.delete("/auth/passkeys/" + passkey.getString("id")).status());
    assertEquals(204, ann.delete("/auth/passkeys/" + passkey.getString("id")).status());
    assertRefused(sign(options()));
    assertTrue(ann.get("/auth/second-factor").body().getJsonArray("passkeys").isEmpty());
  }

  @Test
  void countThatGoesBackIsACopy() {
    add("phone");
    for (int use = 0; use < 3; use++) {
      assertEquals(200, stranger.post("/auth/passkey-login", sign(options())).status());
    }
    JsonArray held =
        devices.send("WebAuthn.getCredentials", ofDevice()).getAsJsonArray("credentials");
    com.google.gson.JsonObject copy = held.get(0).getAsJsonObject();
    devices.send("WebAuthn.clearCredentials", ofDevice());
    copy.addProperty("signCount", 1);
    com.google.gson.JsonObject put = ofDevice();
    put.add("credential", copy);
    devices.send("WebAuthn.addCredential", put);
    assertRefused(sign(options()));
  }

  @Test
  void passkeyThatDidNotAskForItsOwnerIsRefused() {
    add("phone");
    com.google.gson.JsonObject unverified = ofDevice();
    unverified.addProperty("isUserVerified", false);
    devices.send("WebAuthn.setUserVerified", unverified);
    JsonObject options = options();
    options.getJsonObject("publicKey").put("userVerification", "discouraged");
    assertRefused(sign(options));
  }

  @Test
  void damagedAnswersAreRefused() {
    JsonObject made = make(making(), "phone");
    for (String part : List.of("attestationObject", "clientDataJSON")) {
      JsonObject damaged = made.copy();
      damaged.getJsonObject("credential").getJsonObject("response").put(part, "AAAA");
      assertEquals("400 /problems/invalid", problem(ann.post("/auth/passkeys", damaged)), part);
    }
    assertEquals(201, ann.post("/auth/passkeys", made).status());
    assertEquals("400 /problems/invalid", problem(ann.post("/auth/passkeys", made)), "used up");
    for (String part : List.of("authenticatorData", "clientDataJSON", "signature", "userHandle")) {
      JsonObject damaged = sign(options());
      damaged.getJsonObject("credential").getJsonObject("response").put(part, "AAAA");
      assertRefused(damaged);
    }
    JsonObject unknown = sign(options());
    unknown.getJsonObject("credential").put("id", "AAAA").put("rawId", "AAAA");
    assertRefused(unknown);
  }

  @Test
  void whatOneMadeIsNotTakenFromAnother() {
    Person bob = server.person("bob").at(local(server.port()));
    assertEquals(
        "400 /problems/invalid",
        problem(bob.post("/auth/passkeys", make(making(), "phone"))),
        "the challenge was Ann's");
  }

  @Test
  void disabledAccountIsToldSo() throws SQLException {
    add("phone");
    sql("update users set disabled_at = now() where username = 'ann'");
    assertEquals(
        "403 /problems/forbidden", problem(stranger.post("/auth/passkey-login", sign(options()))));
  }

  @Test
  void staleSessionIsMadeFreshByAPasskeyOfItsOwner() throws SQLException {
    add("phone");
    sql("update sessions set confirmed_at = now() - interval '11 minutes'");
    assertEquals("403 /problems/confirm-first", problem(ann.post("/auth/passkeys/options", null)));
    assertEquals("403 /problems/confirm-first", problem(ann.post("/auth/totp", null)));
    Person bob = server.person("bob").at(local(server.port()));
    assertEquals("403 /problems/forbidden", problem(bob.post("/auth/confirm", sign(options()))));
    assertEquals(204, ann.post("/auth/confirm", sign(options())).status());
    assertEquals(200, ann.post("/auth/passkeys/options", null).status());
  }

  @Test
  void twentyAreEnough() {
    for (int i = 1; i <= 20; i++) {
      Answer added = ann.post("/auth/passkeys", make(again(), "phone " + i));
      assertEquals(201, added.status(), added.body()::encode);
    }
    assertEquals(
        "409 /problems/conflict", problem(ann.post("/auth/passkeys", make(again(), "one more"))));
  }

  /** As a browser would have it that knows of no other device. */
  private JsonObject again() {
    JsonObject options = making();
    options.getJsonObject("publicKey").remove("excludeCredentials");
    return options;
  }

  /** This server goes by no name here, and passkeys are not for addresses. */
  @Test
  void thereAreNoneUnderAnAddress() {
    Answer answer = Person.stranger(server.url()).post("/auth/passkey-options", null);
    assertEquals("404 /problems/not-found", problem(answer));
  }

  private void sql(String statement) throws SQLException {
    DatabaseAddress database = server.database();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}

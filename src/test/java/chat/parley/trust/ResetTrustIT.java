package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.MailServer;
import chat.parley.testing.MailServer.Letter;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.RawHttp;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forgotten passwords, attacked from outside, with a real mail server beside. */
class ResetTrustIT {
  private static final int TRIES = Integer.getInteger("tries", 60);
  private static final double MOST_MS = 5;
  private static final String ANN = "ann@mail.example";
  private static final String BEN = "ben@mail.example";
  private static final String NEW = "a new horse, well rested";

  @Order(1)
  @RegisterExtension
  final MailServer mail = new MailServer();

  @Order(2)
  @RegisterExtension
  final TestServer server = new TestServer().withMail(mail::url);

  /** Somebody with an address, whose letter to prove it has arrived. */
  private Person ann() {
    Person ann = Person.registerWithEmail(server.url(), "ann", ANN);
    assertEquals("confirm-email", mail.await(ANN, 1).place());
    return ann;
  }

  private Person stranger() {
    return Person.stranger(server.url());
  }

  private Answer ask(String email) {
    return stranger().post("/auth/password-reset", new JsonObject().put("email", email));
  }

  /** Asks and waits for the letter, the n-th to Ann. */
  private Letter letter(int n) {
    assertEquals(202, ask(ANN).status());
    Letter letter = mail.await(ANN, n);
    assertEquals("reset", letter.place());
    return letter;
  }

  private Answer reset(String token, String password) {
    return stranger()
        .post(
            "/auth/password-reset-confirm",
            new JsonObject().put("token", token).put("password", password));
  }

  private int login(String password) {
    JsonObject login = new JsonObject().put("login", ANN).put("password", password);
    return stranger().post("/auth/login", login).status();
  }

  @Test
  void s25_theLetterHasTextAndHtmlWithTheSameLinkAndTheLinkSetsThePassword() {
    Person ann = ann();
    Letter letter = letter(2);
    assertEquals(TestServer.MAIL_URL, letter.linkTo());
    assertEquals(List.of(ANN), letter.to());
    assertTrue(letter.html().contains(letter.linkTo() + "/#/reset/" + letter.token()));
    assertTrue(letter.token().matches("[\\w-]{43}"), "256 bits");
    assertEquals(204, reset(letter.token(), NEW).status());
    assertEquals(401, login(ann.password()));
    assertEquals(200, login(NEW));
  }

  @Test
  void s25_theAnswerIsTheSameForKnownAndUnknownAddresses() {
    ann();
    RawHttp.Reply known = raw("/auth/password-reset", ANN, List.of());
    RawHttp.Reply unknown = raw("/auth/password-reset", "bob@mail.example", List.of());
    assertEquals(202, known.status());
    assertEquals(202, unknown.status());
    assertEquals(known.text(), unknown.text());
    assertEquals(known.headers().keySet(), unknown.headers().keySet());
  }

  @Test
  void s25_theTimeIsTheSameForKnownAndUnknownAddresses() {
    ann();
    IntStream.range(0, 10).forEach(warming -> millis(warming % 2 == 0 ? ANN : "x@mail.example"));
    int[] strangers = {0};
    Twins times =
        Twins.ask(
            TRIES,
            MOST_MS,
            () -> millis(ANN),
            () -> millis("nobody" + strangers[0]++ + "@mail.example"));
    System.out.println("wishes for a link, known and unknown: " + times);
    assertTrue(times.apart() <= MOST_MS, times::toString);
  }

  private double millis(String email) {
    long started = System.nanoTime();
    assertEquals(202, ask(email).status());
    return (System.nanoTime() - started) / 1e6;
  }

  @Test
  void s25_anAccountGetsThreeLettersAnHourHoweverSpelled() {
    ann();
    for (String spelled : List.of(ANN, "ANN@mail.example", " ann@MAIL.example", ANN, ANN, ANN)) {
      assertEquals(202, ask(spelled).status());
    }
    mail.await(ANN, 2);
    String made = "select count(*) from letters where kind = 'password_reset'";
    Await.until("all were looked up", () -> server.query(made).equals("3"));
    Await.until(
        "none waits",
        () ->
            server
                .query("select count(*) from letters where sent_at is null and failed_at is null")
                .equals("0"));
    assertEquals(202, ask(ANN).status());
    assertTrue(mail.lettersTo(ANN).size() <= 4, "one to prove the address, three to reset");
    server.sql("update letters set created_at = created_at - interval '61 minutes'");
    int before = mail.lettersTo(ANN).size();
    assertEquals(202, ask(ANN).status());
    mail.await(ANN, before + 1);
  }

  @Test
  void s25_theAccountIsUsableMeanwhile() {
    Person ann = ann();
    letter(2);
    assertEquals(200, ann.get("/auth/me").status());
    assertEquals(200, login(ann.password()));
  }

  @Test
  void s25_onlyTheNewestLinkWorksAndOnlyOnce() {
    ann();
    Letter older = letter(2);
    Letter newest = letter(3);
    assertNotEquals(older.token(), newest.token());
    assertLinkInvalid(reset(older.token(), NEW));
    assertEquals(204, reset(newest.token(), NEW).status());
    assertLinkInvalid(reset(newest.token(), "another horse altogether"));
    assertEquals(200, login(NEW));
  }

  private static void assertLinkInvalid(Answer answer) {
    assertEquals(400, answer.status());
    assertEquals("/problems/link-invalid", answer.body().getString("type"));
  }

  @Test
  void s25_theLinkIsOverAfterTenMinutes() {
    Person ann = ann();
    Letter letter = letter(2);
    String life =
        "select expires_at between now() + interval '9 minutes' and now() + interval '10 minutes'"
            + " from mail_tokens where purpose = 'password' and ended_at is null";
    assertEquals("t", server.query(life));
    server.sql("update mail_tokens set expires_at = now() - interval '1 second'");
    assertLinkInvalid(reset(letter.token(), NEW));
    assertEquals(200, login(ann.password()));
  }

  @Test
  void s25_ofTwentyAtOnceExactlyOneSetsThePassword() {
    ann();
    String token = letter(2).token();
    List<CompletableFuture<Integer>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(() -> reset(token, "horse number " + i).status()))
            .toList();
    List<Integer> statuses = all.stream().map(CompletableFuture::join).sorted().toList();
    assertEquals(1, statuses.stream().filter(status -> status == 204).count(), statuses::toString);
    assertTrue(statuses.stream().allMatch(s -> s == 204 || s == 400 || s == 503), "" + statuses);
    long open = IntStream.range(0, 20).filter(i -> login("horse number " + i) == 200).count();
    assertEquals(1, open);
  }

  @Test
  void s25_aPasswordThatMayNotBeChosenLeavesTheLinkAsItWas() {
    ann();
    String token = letter(2).token();
    for (String bad : List.of("short", "ann@mail.example", "x".repeat(129))) {
      Answer refused = reset(token, bad);
      assertEquals(400, refused.status());
      assertEquals(
          "/password", refused.body().getJsonArray("errors").getJsonObject(0).getString("pointer"));
    }
    assertEquals(204, reset(token, NEW).status());
  }

  @Test
  void s25_tokensNobodyMadeAreRefused() {
    ann();
    String token = letter(2).token();
    String flipped = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
    for (String wrong :
        List.of("x", flipped, token + "A", token.toLowerCase() + "=", "é".repeat(43))) {
      assertLinkInvalid(reset(wrong, NEW));
    }
  }

  @Test
  void s25_aDisabledAccountGetsNoLink() {
    ann();
    Person.registerWithEmail(server.url(), "ben", BEN);
    mail.await(BEN, 1);
    String token = letter(2).token();
    server.sql("update users set disabled_at = now() where username = 'ann'");
    assertLinkInvalid(reset(token, NEW));
    // Wishes are looked at after their answer, in their order: Ben's letter shows that hers was.
    assertEquals(202, ask(ANN).status());
    assertEquals(202, ask(BEN).status());
    mail.await(BEN, 2);
    server.sql("update users set disabled_at = null");
    assertEquals(202, ask(ANN).status());
    mail.await(ANN, 3);
    assertEquals("3", server.query("select count(*) from letters where kind = 'password_reset'"));
  }

  @Test
  void s26_resetEndsEverySessionTokenAndSocketAndSignsNobodyIn() {
    Person ann = ann();
    BusSocket socket = ann.socket();
    String cookie = siteCookie(ann.password());
    RawHttp.Reply answer =
        raw(
            "/auth/password-reset-confirm",
            new JsonObject().put("token", letter(2).token()).put("password", NEW),
            List.of());
    assertEquals(204, answer.status());
    assertEquals(null, answer.header("set-cookie"));
    assertEquals(0, answer.body().length);
    assertEquals(401, ann.get("/auth/me").status());
    assertEquals(401, get("/auth/me", "Cookie: parley=" + cookie));
    assertEquals(
        401,
        ann.post("/auth/refresh", new JsonObject().put("refreshToken", ann.refreshToken()))
            .status());
    assertTrue(socket.closeCode() > 0);
    Letter notice = mail.await(ANN, 3);
    assertTrue(notice.subject().contains("was changed"), notice.subject());
    assertFalse(notice.hasLink(), "nothing in it opens anything");
  }

  @Test
  void s26_changeOfPasswordEndsEverySessionAndAnswersWithANewOne() {
    Person ann = ann();
    BusSocket socket = ann.socket();
    String cookie = siteCookie(ann.password());
    Answer changed = ann.post("/auth/password", change(ann.password()));
    assertEquals(200, changed.status(), changed.body()::encode);
    assertEquals(401, ann.get("/auth/me").status());
    assertEquals(401, get("/auth/me", "Cookie: parley=" + cookie));
    assertTrue(socket.closeCode() > 0);
    String token = changed.body().getString("accessToken");
    assertEquals(200, get("/auth/me", "Authorization: Bearer " + token));
    assertEquals(200, login(NEW));
    assertTrue(mail.await(ANN, 2).subject().contains("was changed"));
  }

  @Test
  void s26_theSiteGetsANewCookieForTheOld() {
    Person ann = ann();
    RawHttp.Reply signedIn = siteLogin(ann.password());
    String cookie = cookie(signedIn);
    RawHttp.Reply changed =
        raw(
            "/auth/password",
            change(ann.password()),
            List.of(
                "Cookie: parley=" + cookie,
                "X-CSRF-Token: " + new JsonObject(signedIn.text()).getString("csrfToken")));
    assertEquals(200, changed.status(), changed.text());
    assertNotEquals(cookie, cookie(changed));
    assertFalse(changed.text().contains("accessToken"));
    assertEquals(401, get("/auth/me", "Cookie: parley=" + cookie));
    assertEquals(200, get("/auth/me", "Cookie: parley=" + cookie(changed)));
  }

  @Test
  void s26_aChangedPasswordKillsTheLinkThatWasSentBefore() {
    Person ann = ann();
    String token = letter(2).token();
    assertEquals(200, ann.post("/auth/password", change(ann.password())).status());
    assertLinkInvalid(reset(token, "a horse of somebody else"));
  }

  @Test
  void s27_withoutThePresentPasswordNothingIsChanged() {
    Person ann = ann();
    for (JsonObject wrong :
        List.of(change("not the horse"), new JsonObject().put("password", NEW))) {
      Answer refused = ann.post("/auth/password", wrong);
      assertEquals(403, refused.status());
      assertEquals(
          "/current", refused.body().getJsonArray("errors").getJsonObject(0).getString("pointer"));
      assertEquals(403, ann.post("/auth/email", email(wrong.getString("current"))).status());
    }
    assertEquals(200, ann.get("/auth/me").status());
    assertEquals(200, login(ann.password()));
    assertEquals(1, mail.letters().size());
  }

  private static JsonObject change(String current) {
    return new JsonObject().put("current", current).put("password", NEW);
  }

  private static JsonObject email(String current) {
    JsonObject wish = new JsonObject().put("email", "evil@mail.example");
    return current == null ? wish : wish.put("current", current);
  }

  @Test
  void s25_whoHeaderSaysWeAreChangesNothingInTheLetter() {
    ann();
    RawHttp.Reply reply =
        raw(
            "/auth/password-reset",
            ANN,
            List.of(
                "Host: evil.example",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: http",
                "Forwarded: host=evil.example",
                "Origin: https://evil.example",
                "Referer: https://evil.example/"));
    // Refused or taken: in no case a letter that leads there.
    if (reply.status() != 202) {
      assertEquals(202, ask(ANN).status());
    }
    Letter letter = mail.await(ANN, 2);
    assertEquals(TestServer.MAIL_URL, letter.linkTo());
    assertFalse(letter.raw().contains("evil"));
  }

  @Test
  void s29_noOperationLetsAnybodyChooseThePasswordOfSomebodyElse() {
    Person admin = Person.register(server.url(), "boss");
    Person ann = Person.registerWithEmail(server.url(), "ann", ANN);
    for (String method : List.of("PUT", "PATCH", "POST")) {
      for (String path : List.of("/users/" + ann.id(), "/admin/users/" + ann.id())) {
        int status =
            admin
                .call(method, path, new JsonObject().put("password", "chosen by the boss"))
                .status();
        assertTrue(status >= 400, method + " " + path + " → " + status);
      }
    }
    assertEquals(200, login(ann.password()));
  }

  private RawHttp.Reply raw(String path, String email, List<String> headers) {
    return raw(path, new JsonObject().put("email", email), headers);
  }

  private RawHttp.Reply raw(String path, JsonObject body, List<String> headers) {
    List<String> all = new ArrayList<>(headers);
    all.add("Content-Type: application/json");
    return RawHttp.send(
        server.port(),
        "POST",
        "/api/v1" + path,
        all,
        body.encode().getBytes(StandardCharsets.UTF_8));
  }

  private int get(String path, String header) {
    return RawHttp.send(server.port(), "GET", "/api/v1" + path, List.of(header), new byte[0])
        .status();
  }

  private RawHttp.Reply siteLogin(String password) {
    RawHttp.Reply reply =
        raw("/session", new JsonObject(Map.of("login", ANN, "password", password)), List.of());
    assertEquals(200, reply.status(), reply.text());
    return reply;
  }

  private String siteCookie(String password) {
    return cookie(siteLogin(password));
  }

  private static String cookie(RawHttp.Reply reply) {
    return reply.header("set-cookie").replaceAll("^[^=]*=([^;]*);.*", "$1");
  }
}

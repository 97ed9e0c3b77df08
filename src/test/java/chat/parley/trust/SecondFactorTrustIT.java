package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.AuthenticatorApp;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A password alone, a code alone, a code twice: none of them lets anybody in. */
class SecondFactorTrustIT {
  @RegisterExtension static final Target target = new Target();

  /** Somebody with an app and recovery codes; the code of the present step is used up. */
  private record Protected(Person person, AuthenticatorApp app, List<String> spare) {
    static Protected of(Person person) {
      AuthenticatorApp app = setUp(person);
      Answer on = person.post("/auth/totp/confirm", code(app.code()));
      assertEquals(200, on.status(), on.body()::encode);
      return new Protected(
          person,
          app,
          on.body().getJsonArray("recoveryCodes").stream().map(String.class::cast).toList());
    }

    JsonObject login() {
      return new JsonObject()
          .put("login", person.name())
          .put("password", "correct horse of " + person.name());
    }

    Answer login(String code) {
      JsonObject body = code == null ? login() : login().put("code", code);
      return target.stranger().post("/auth/login", body);
    }

    /** So many at once, from an address of their own: failures would stop other tests. */
    List<Integer> logins(int count, String code, String address) {
      From from = new From(address, target.port());
      return IntStream.range(0, count)
          .parallel()
          .mapToObj(i -> from.post("/auth/login", login().put("code", code)).status())
          .toList();
    }
  }

  private static JsonObject code(String code) {
    return new JsonObject().put("code", code);
  }

  private static AuthenticatorApp setUp(Person person) {
    Answer made = person.post("/auth/totp", null);
    assertEquals(201, made.status(), made.body()::encode);
    String secret = made.body().getString("secret");
    assertTrue(
        made.body().getString("uri").matches("otpauth://totp/Parley:.*[?&]secret=" + secret + ".*"),
        made.body()::encode);
    assertTrue(made.body().getString("uri").contains("issuer=Parley"));
    return new AuthenticatorApp(secret);
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.body().getString("type", "");
  }

  @Test
  void rightPasswordAloneIsAskedForACode() {
    Protected ann = Protected.of(target.person("ann"));
    assertEquals("401 /problems/second-factor-required", problem(ann.login(null)));
    assertEquals("401 /problems/bad-credentials", problem(ann.login("000000")));
    assertEquals(200, ann.login(ann.app().code(1)).status());
  }

  @Test
  void sessionOfTheSiteIsAskedForTheSame() {
    Protected ann = Protected.of(target.person("ann"));
    JsonObject login = ann.login();
    Person browser = target.stranger();
    assertEquals("401 /problems/second-factor-required", problem(browser.post("/session", login)));
    assertEquals(
        200, browser.post("/session", login.copy().put("code", ann.app().code(1))).status());
  }

  @Test
  void s20_whoDoesNotKnowThePasswordLearnsNothingOfTheCode() {
    Protected ann = Protected.of(target.person("ann"));
    JsonObject wrong = new JsonObject().put("login", ann.person().name()).put("password", "no");
    for (String code : new String[] {null, "000000", ann.app().code(1)}) {
      Answer known =
          target
              .stranger()
              .post("/auth/login", code == null ? wrong : wrong.copy().put("code", code));
      assertEquals("401 /problems/bad-credentials", problem(known));
    }
    assertEquals(200, ann.login(ann.app().code(1)).status(), "and no code was used up");
  }

  @Test
  void everyCodeCountsOnce() {
    target.assumeLocal();
    Protected ann = Protected.of(target.person("ann"));
    String code = ann.app().code(1);
    List<Integer> statuses = ann.logins(20, code, "127.0.23.1");
    assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses::toString);
    assertTrue(
        statuses.stream().allMatch(status -> status == 200 || status == 401 || status == 429),
        statuses::toString);
    assertNotEquals(200, ann.login(code).status());
  }

  @Test
  void codesOfOtherTimesDoNotCount() {
    Protected ann = Protected.of(target.person("ann"));
    for (long steps : new long[] {-10, -3, 3, 10}) {
      assertEquals("401 /problems/bad-credentials", problem(ann.login(ann.app().code(steps))));
    }
  }

  @Test
  void recoveryCodeCountsOnceHoweverItIsTyped() {
    target.assumeLocal();
    Protected ann = Protected.of(target.person("ann"));
    assertEquals(10, ann.spare().stream().distinct().count());
    String typed = " " + ann.spare().get(3).toUpperCase().replace("-", " ");
    List<Integer> statuses = ann.logins(8, typed, "127.0.23.2");
    assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses::toString);
    assertEquals(9, ann.person().get("/auth/second-factor").body().getInteger("recoveryCodes"));
    Answer renewed = ann.person().post("/auth/recovery-codes", null);
    assertEquals(200, renewed.status());
    assertEquals(401, ann.login(ann.spare().get(4)).status(), "old ones are gone");
    assertEquals(
        200, ann.login(renewed.body().getJsonArray("recoveryCodes").getString(0)).status());
  }

  @Test
  void recoveryCodeOfSomebodyElseIsNoCode() {
    Protected ann = Protected.of(target.person("ann"));
    Protected bob = Protected.of(target.person("bob"));
    assertEquals(401, ann.login(bob.spare().get(0)).status());
    assertEquals(200, bob.login(bob.spare().get(0)).status());
  }

  /** From many addresses, as a botnet would; the limit is the account's. */
  @Test
  void s21_codesCannotBeGuessed() {
    target.assumeLocal();
    Protected ann = Protected.of(target.person("ann"));
    JsonObject guess = ann.login().put("code", "000000");
    for (int i = 1; i <= 10; i++) {
      assertEquals(
          401, new From("127.0.22." + i, target.port()).post("/auth/login", guess).status());
    }
    Reply stopped =
        new From("127.0.22.11", target.port())
            .post("/auth/login", guess.copy().put("code", ann.app().code(1)));
    assertEquals(429, stopped.status(), stopped.text());
    assertNotNull(stopped.header("retry-after"));
    JsonObject wrong = guess.copy().put("password", "not the password");
    assertEquals(
        401,
        new From("127.0.22.12", target.port()).post("/auth/login", wrong).status(),
        "who does not know the password is not told");
  }

  @Test
  void askingForACodeCostsNoAttempt() {
    Protected ann = Protected.of(target.person("ann"));
    for (int i = 0; i < 15; i++) {
      assertEquals("401 /problems/second-factor-required", problem(ann.login(null)));
    }
    assertEquals(200, ann.login(ann.app().code(1)).status());
  }

  @Test
  void nothingIsAskedForBeforeAFirstCode() {
    Person ann = target.person("ann");
    AuthenticatorApp first = setUp(ann);
    AuthenticatorApp second = setUp(ann);
    ann.login();
    assertEquals(
        "400 /problems/invalid", problem(ann.post("/auth/totp/confirm", code(first.code()))));
    assertEquals(200, ann.post("/auth/totp/confirm", code(second.code())).status());
    assertEquals("409 /problems/conflict", problem(ann.post("/auth/totp", null)));
    assertEquals(
        "409 /problems/conflict", problem(ann.post("/auth/totp/confirm", code(second.code(1)))));
  }

  @Test
  void switchedOffItIsNotAskedFor() {
    Protected ann = Protected.of(target.person("ann"));
    assertEquals(204, ann.person().delete("/auth/totp").status());
    assertEquals(404, ann.person().delete("/auth/totp").status());
    assertEquals(200, ann.login(null).status());
    assertEquals(409, ann.person().post("/auth/recovery-codes", null).status());
    assertEquals(
        new JsonObject("{\"totp\":false,\"recoveryCodes\":0,\"passkeys\":[]}"),
        ann.person().get("/auth/second-factor").body());
    Protected.of(ann.person());
  }

  @Test
  void codeIsAFreshProofAndAWrongOneIsNot() {
    Protected ann = Protected.of(target.person("ann"));
    assertEquals(
        "403 /problems/forbidden", problem(ann.person().post("/auth/confirm", code("000000"))));
    assertEquals(204, ann.person().post("/auth/confirm", code(ann.app().code(1))).status());
    Person bob = target.person("bob");
    assertEquals("403 /problems/forbidden", problem(bob.post("/auth/confirm", code("000000"))));
    assertEquals(400, bob.post("/auth/confirm", new JsonObject()).status());
  }
}

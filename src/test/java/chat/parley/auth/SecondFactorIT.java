package chat.parley.auth;

import static chat.parley.auth.AuthServer.PASSWORD;
import static chat.parley.auth.AuthServer.get;
import static chat.parley.auth.AuthServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Caller;
import chat.parley.model.Device;
import chat.parley.model.Factors;
import chat.parley.model.Login;
import chat.parley.model.Registration;
import chat.parley.model.Tokens;
import chat.parley.testing.AuthenticatorApp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The second factor where it meets the clock, the database and other nodes. */
class SecondFactorIT {
  @RegisterExtension final AuthServer server = new AuthServer();

  private Caller alice;

  @BeforeEach
  void signIn() {
    get(server.register(new Registration("alice", PASSWORD, "alice@example.org", null)));
    alice = get(server.verify(get(server.login("alice", PASSWORD)).accessToken()));
  }

  private Factors.Ask ask() {
    return new Factors.Ask(alice, "r");
  }

  private AuthenticatorApp setUp() {
    String secret = get(server.bus().ask(Addresses.AUTH_TOTP, ask())).secret();
    return new AuthenticatorApp(secret, server.clock);
  }

  private Future<Factors.RecoveryCodes> confirm(String code) {
    return server.bus().ask(Addresses.AUTH_TOTP_CONFIRM, new Factors.WithCode(alice, code, "r"));
  }

  private AuthenticatorApp switchedOn() {
    AuthenticatorApp app = setUp();
    get(confirm(app.code()));
    return app;
  }

  private static Future<Tokens> login(AuthServer node, String code) {
    Login login = new Login("alice", PASSWORD, code);
    return node.bus()
        .ask(
            Addresses.AUTH_LOGIN, new Accounts.SignIn(login, new Device("192.0.2.1", "test"), "r"));
  }

  @Test
  void codeCountsForTheStepBeforeAndAfterAndOnlyOnwards() {
    AuthenticatorApp app = switchedOn();
    server.clock.advance(Duration.ofMinutes(5));
    get(login(server, app.code(-1)));
    get(login(server, app.code(1)));
    assertEquals(
        Problem.BAD_CREDENTIALS, problem(login(server, app.code())), "it is older than the last");
    server.clock.advance(Duration.ofSeconds(90));
    get(login(server, app.code()));
  }

  @Test
  void secretThatNobodyConfirmedIsForgotten() {
    AuthenticatorApp app = setUp();
    server.update("update second_factors set set_up_at = now() - interval '16 minutes'");
    assertEquals(Problem.CONFLICT, problem(confirm(app.code())));
    get(confirm(setUp().code()));
  }

  @Test
  void staleSessionChangesNothing() {
    switchedOn();
    server.update("update sessions set confirmed_at = now() - interval '11 minutes'");
    for (Future<?> change :
        List.of(
            server.bus().ask(Addresses.AUTH_TOTP, ask()),
            confirm("123456"),
            server.bus().ask(Addresses.AUTH_TOTP_REMOVE, ask()),
            server.bus().ask(Addresses.AUTH_RECOVERY_CODES, ask()),
            server
                .bus()
                .ask(Addresses.AUTH_PASSKEY_BEGIN, new Factors.Begin(alice, "http://localhost")),
            server
                .bus()
                .ask(
                    Addresses.AUTH_PASSKEY_REMOVE,
                    new Factors.Remove(alice, alice.userId(), "r")))) {
      assertEquals(Problem.CONFIRM_FIRST, problem(change));
    }
  }

  @Test
  void guessesAreCountedForAllNodesTogetherUntilTheTimeIsOver() {
    AuthServer other = server.andAnotherNode();
    try {
      AuthenticatorApp app = switchedOn();
      for (int guess = 0; guess < 5; guess++) {
        assertEquals(Problem.BAD_CREDENTIALS, problem(login(server, "000000")));
        assertEquals(Problem.BAD_CREDENTIALS, problem(login(other, "000000")));
      }
      assertEquals(Problem.TOO_MANY_REQUESTS, problem(login(server, app.code(1))));
      assertEquals(Problem.TOO_MANY_REQUESTS, problem(login(other, app.code(1))));
      server.update("update second_factors set attempts_since = now() - interval '16 minutes'");
      get(login(server, app.code(1)));
    } finally {
      other.close();
    }
  }

  @Test
  void secretIsBoundToItsAccount() {
    AuthenticatorApp alices = switchedOn();
    Tokens tokens = server.signedIn("mallory");
    alice = get(server.verify(tokens.accessToken()));
    AuthenticatorApp mallorys = switchedOn();
    server.update(
        "update second_factors set secret = (select secret from second_factors where user_id = '"
            + tokens.user().id()
            + "')");
    assertEquals(Problem.INTERNAL, problem(login(server, mallorys.code(1))));
    assertEquals(Problem.INTERNAL, problem(login(server, alices.code(1))));
  }

  @Test
  void s24_databaseAndAuditLogHoldNoSecret() {
    Factors.NewSecret made = get(server.bus().ask(Addresses.AUTH_TOTP, ask()));
    AuthenticatorApp app = new AuthenticatorApp(made.secret(), server.clock);
    List<String> spare = get(confirm(app.code())).recoveryCodes();
    get(login(server, app.code(1)));
    get(login(server, spare.get(0)));
    String hex = "encode(convert_to('" + made.secret() + "', 'UTF8'), 'hex')";
    assertEquals(
        "f",
        server.query(
            "select encode(secret, 'hex') like '%' || " + hex + " || '%' from second_factors"));
    String sealed = server.query("select encode(secret, 'hex') from second_factors");
    for (String table : List.of("second_factors", "audit_log", "letters")) {
      String dump =
          server.query("select coalesce(string_agg(t::text, ''), '') from " + table + " t");
      assertFalse(dump.contains(made.secret()), table);
      assertFalse(table.equals("audit_log") && dump.contains(sealed), "nor the encrypted one");
      spare.forEach(
          code -> assertFalse(dump.contains(code) || dump.contains(code.replace("-", ""))));
    }
    assertTrue(
        server
            .query(
                "select string_agg(after::text, ' ' order by id) from audit_log where table_name = 'second_factors'")
            .matches("(?s).*\"recovery_left\": 10.*\"recovery_left\": 9.*"),
        "that a recovery code was used is written down");
  }

  @Test
  void ownerIsToldByLetter() {
    setUp();
    get(server.bus().ask(Addresses.AUTH_TOTP_REMOVE, ask()));
    switchedOn();
    get(server.bus().ask(Addresses.AUTH_TOTP_REMOVE, ask()));
    assertEquals(
        "second_factor_on alice@example.org second_factor_off alice@example.org",
        server.query(
            "select string_agg(kind || ' ' || recipient, ' ' order by created_at) from letters where kind <> 'email_confirm'"));
  }

  @Test
  void serverThatOffersNoCodesStillAsksForThoseThereAre() {
    AuthenticatorApp app = switchedOn();
    server.restart(new AuthVerticle.Proofs("", false, false));
    assertEquals(Problem.SECOND_FACTOR_REQUIRED, problem(login(server, null)));
    get(login(server, app.code(1)));
    get(server.bus().ask(Addresses.AUTH_TOTP_REMOVE, ask()));
    assertEquals(Problem.NOT_FOUND, problem(server.bus().ask(Addresses.AUTH_TOTP, ask())));
    assertEquals(
        Problem.NOT_FOUND,
        problem(server.bus().ask(Addresses.AUTH_PASSKEY_OPTIONS, "http://localhost:8080")));
  }
}

package chat.parley.auth;

import static chat.parley.auth.AuthServer.PASSWORD;
import static chat.parley.auth.AuthServer.failure;
import static chat.parley.auth.AuthServer.get;
import static chat.parley.auth.AuthServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Registration;
import chat.parley.model.Role;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Making accounts. */
class RegistrationIT {
  @RegisterExtension final AuthServer server = new AuthServer();

  @Test
  void newAccountIsStoredWithItsHeadAndNothingButAHash() {
    Account account =
        get(server.register(new Registration("Åsa", PASSWORD, "asa@example.org", null)));
    assertEquals("Åsa", account.user().displayName());
    assertEquals("asa@example.org", account.email());
    assertEquals(account, get(server.bus().ask(Addresses.USERS_ME, account.user().id())));
    assertEquals("0", server.query("select version from user_heads"));
    assertTrue(
        server
            .query("select password_hash from users")
            .startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  }

  @Test
  void exactlyOneOfTenFirstAccountsBecomesAdministrator() {
    List<Future<Account>> all =
        IntStream.range(0, 10).mapToObj(i -> server.register("user" + i)).toList();
    get(Future.all(all));
    assertEquals(1, all.stream().filter(made -> made.result().user().role() == Role.ADMIN).count());
  }

  @Test
  void closedServerTakesExactlyOneOfTenFirstAccounts() {
    server.restart(false);
    List<Future<Account>> all =
        IntStream.range(0, 10).mapToObj(i -> server.register("user" + i)).toList();
    get(Future.join(all).otherwiseEmpty());
    assertEquals(1, all.stream().filter(Future::succeeded).count());
    assertEquals("admin", server.query("select string_agg(role, ',') from users"));
    assertEquals(Problem.REGISTRATION_CLOSED, problem(server.register("late")));
  }

  @Test
  void twinsOfANameAreRefused() {
    get(server.register("Straße"));
    for (String twin : List.of("straße", "STRASSE", "Strasse", "Ｓtraße")) {
      Failure refused = failure(server.register(twin));
      assertEquals(Problem.NAME_TAKEN, refused.problem(), twin);
      assertEquals("/username", refused.fields().get(0).pointer());
    }
  }

  @Test
  void twinOfAnAddressIsRefused() {
    get(server.register(new Registration("one", PASSWORD, "One@example.org", null)));
    Failure refused =
        failure(server.register(new Registration("two", PASSWORD, "oNE@EXAMPLE.org", null)));
    assertEquals(Problem.NAME_TAKEN, refused.problem());
    assertEquals("/email", refused.fields().get(0).pointer());
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    Failure refused =
        failure(server.register(new Registration("a b", "short", "no address", "\u202Eevil")));
    assertEquals(Problem.INVALID, refused.problem());
    assertEquals(
        List.of("/username", "/displayName", "/email", "/password"),
        refused.fields().stream().map(Failure.Field::pointer).toList());
  }

  @Test
  void peopleSignInByNameOrAddressHoweverSpelled() {
    get(server.register(new Registration("Åsa", PASSWORD, "asa@example.org", null)));
    for (String login : List.of("Åsa", "åsa", "A\u030Asa", " ASA@Example.ORG ")) {
      assertEquals("Åsa", get(server.login(login, PASSWORD)).user().username(), login);
    }
  }

  @Test
  void wrongPasswordAndUnknownNameAreTheSame() {
    get(server.register("alice"));
    Failure wrong = failure(server.login("alice", "not the password"));
    for (String unknown : List.of("nobody", "\u0000", "al\u0000ice")) {
      assertEquals(wrong.toString(), failure(server.login(unknown, PASSWORD)).toString());
    }
    assertEquals(Problem.BAD_CREDENTIALS, wrong.problem());
  }

  @Test
  void disabledAccountIsToldSoOnlyWithItsPassword() {
    get(server.register("alice"));
    server.query("update users set disabled_at = now() returning 1");
    assertEquals(Problem.BAD_CREDENTIALS, problem(server.login("alice", "not the password")));
    assertEquals(Problem.FORBIDDEN, problem(server.login("alice", PASSWORD)));
  }
}

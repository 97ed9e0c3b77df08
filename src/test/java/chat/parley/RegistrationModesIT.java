package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may make an account, as administrators say while the server runs; and their links. */
class RegistrationModesIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private Person admin;

  @BeforeEach
  void thereIsAnAdministrator() {
    server.sql("truncate registration, account_invites");
    admin = admin == null ? administrator() : admin;
  }

  /** The same for all, with a session that has just signed in. */
  private static Person administrator() {
    return server.query("select id from users where username = 'the.admin'") == null
        ? server.person("the.admin")
        : Person.signedIn(server.url(), "the.admin", "correct horse of the.admin");
  }

  @AfterEach
  void everybodyMayAgain() {
    mode("open");
  }

  private JsonObject mode(String mode) {
    Answer answer = admin.patch("/admin/registration", new JsonObject().put("mode", mode));
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body();
  }

  private JsonObject invite(JsonObject wish) {
    Answer made = admin.post("/admin/registration/invites", wish);
    assertEquals(201, made.status(), made.body()::encode);
    return made.body();
  }

  private static Answer register(String name, String token) {
    JsonObject wish =
        new JsonObject().put("username", name).put("password", "correct horse of " + name);
    if (token != null) {
      wish.put("invite", token);
    }
    return Person.stranger(server.url()).post("/auth/register", wish);
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.body().getString("type");
  }

  private static String offered(String token) {
    return "" + Person.stranger(server.url()).get("/auth/invites/" + token).status();
  }

  @Test
  void modeCountsFromTheAnswerOnAndIsToldBeforeAnybodySignsIn() {
    mode("closed");
    assertEquals("403 /problems/registration-closed", problem(register("mode.a", null)));
    JsonObject now = mode("invite");
    assertFalse(now.getBoolean("fixed"));
    assertFalse(now.getBoolean("first"));
    assertEquals("403 /problems/invitation-needed", problem(register("mode.b", null)));
    assertEquals(
        "invite",
        Person.stranger(server.url()).get("/auth/methods").body().getString("registration"));
    mode("open");
    assertEquals(201, register("mode.c", null).status());
    assertEquals("open", admin.get("/admin/registration").body().getString("mode"));
    assertEquals(
        400, admin.patch("/admin/registration", new JsonObject().put("mode", "maybe")).status());
  }

  @Test
  void linkMakesAnAccountWithItsRoleAndNoOther() {
    mode("invite");
    JsonObject link = invite(new JsonObject().put("note", "the team"));
    String token = link.getString("token");
    assertTrue(link.getString("url").endsWith("/#/invite/" + token));
    assertEquals("200", offered(token));
    // S48: nobody raises the role that stands in the link.
    JsonObject raised =
        new JsonObject()
            .put("username", "link.raised")
            .put("password", "correct horse of it")
            .put("invite", token)
            .put("role", "admin");
    assertEquals(400, Person.stranger(server.url()).post("/auth/register", raised).status());
    Answer made = register("link.user", token);
    assertEquals("user", made.body().getJsonObject("user").getString("role"));
    String admins = invite(new JsonObject().put("role", "admin")).getString("token");
    assertEquals(
        "admin", register("link.admin", admins).body().getJsonObject("user").getString("role"));
    assertEquals(
        "1",
        server.query(
            "select count(*) from audit_log where act = 'register' and after->>'invite' = '"
                + link.getString("id")
                + "'"));
    assertEquals(
        "0",
        server.query("select count(*) from audit_log where after::text like '%" + token + "%'"));
  }

  @Test
  void s48TwoUsesLetTwoInHoweverManyTryAtOnce() {
    mode("invite");
    String token = invite(new JsonObject().put("maxUses", 2)).getString("token");
    List<Answer> answers =
        IntStream.range(0, 8).parallel().mapToObj(i -> register("race." + i, token)).toList();
    assertEquals(2, answers.stream().filter(answer -> answer.status() == 201).count());
    answers.stream()
        .filter(answer -> answer.status() != 201)
        .forEach(answer -> assertEquals("400 /problems/link-invalid", problem(answer)));
    assertEquals("2", server.query("select uses from account_invites"));
  }

  @Test
  void s48DeadLinksAreLikeLinksThatNeverWere() {
    mode("invite");
    JsonObject revoked = invite(new JsonObject());
    assertEquals(
        204, admin.delete("/admin/registration/invites/" + revoked.getString("id")).status());
    JsonObject late = invite(new JsonObject());
    server.sql(
        "update account_invites set expires_at = now() where id = '" + late.getString("id") + "'");
    JsonObject used = invite(new JsonObject());
    assertEquals(201, register("dead.used", used.getString("token")).status());
    for (String token :
        List.of(
            revoked.getString("token"),
            late.getString("token"),
            used.getString("token"),
            "a".repeat(43),
            "x")) {
      assertEquals("404", offered(token));
      assertEquals("400 /problems/link-invalid", problem(register("dead.late", token)));
    }
    List<Boolean> live =
        admin.get("/admin/registration/invites").body().getJsonArray("items").stream()
            .map(each -> ((JsonObject) each).getBoolean("live"))
            .toList();
    assertEquals(List.of(false, false, false), live);
  }

  @Test
  void linkSpeaksForWhoMadeItOnlyWhileTheyAreAnAdministrator() {
    Person other = server.person("maker.other");
    String role = "/admin/users/" + other.id();
    admin.patch(role, new JsonObject().put("role", "admin"));
    Answer made = other.post("/admin/registration/invites", new JsonObject());
    String token = made.body().getString("token");
    assertEquals("200", offered(token));
    admin.patch(role, new JsonObject().put("role", "user"));
    assertEquals("404", offered(token));
    assertEquals("400 /problems/link-invalid", problem(register("maker.late", token)));
    assertEquals(404, other.post("/admin/registration/invites", new JsonObject()).status());
    assertEquals(404, other.get("/admin/registration/invites").status());
    assertEquals(404, other.get("/admin/registration").status());
  }

  @Test
  void closedServerTakesAdministratorsByLinkAndNobodyElse() {
    String user = invite(new JsonObject()).getString("token");
    String next = invite(new JsonObject().put("role", "admin")).getString("token");
    mode("closed");
    assertEquals("403 /problems/registration-closed", problem(register("closed.user", user)));
    assertEquals(201, register("closed.admin", next).status());
  }

  @Test
  void changingItAsksForAFreshProof() {
    server.sql(
        "update sessions set confirmed_at = now() - interval '1 hour', created_at = now() - interval '2 hours'");
    JsonObject mode = new JsonObject().put("mode", "open");
    assertEquals("403 /problems/confirm-first", problem(admin.patch("/admin/registration", mode)));
    assertEquals(
        "403 /problems/confirm-first",
        problem(admin.post("/admin/registration/invites", new JsonObject())));
    admin.post("/auth/confirm", new JsonObject().put("current", admin.password()));
    assertEquals(200, admin.patch("/admin/registration", mode).status());
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.testing.AuthenticatorApp;
import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.RawHttp;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who did what, where from: one row of the audit log for each act. */
class AuditIT {
  private static final String WAITING =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

  private static final String VERIFY = "/admin/audit-log/verify";

  private static final String LEFT =
      "select (select max(id) from audit_log) - (select coalesce(max(id), 0) from audit_chain)";

  private static final String LONG_ENOUGH = "a staple that is new";

  @RegisterExtension static final TestServer server = new TestServer().shared();

  /** The acts of one request, as {@code act actor address}, and that the log has an id for each. */
  private static String acts(Person.Bytes answer) {
    return server.query(
        "select coalesce(string_agg(act || ' ' || case when actor_id is null then '-' else"
            + " (select username from users where id = actor_id) end || ' ' || address, ', ' order by id), 'none')"
            + " from audit_log where act is not null and request_id = '"
            + answer.header("x-request-id")
            + "'");
  }

  private static Person.Bytes call(Person who, String method, String path, JsonObject body) {
    return body == null
        ? who.bytes(method, path, null)
        : who.bytes(method, path, body.toBuffer().getBytes(), "Content-Type", "application/json");
  }

  private static Person.Bytes login(String name, String password) {
    JsonObject body = new JsonObject().put("login", name).put("password", password);
    return call(Person.stranger(server.url()), "POST", "/auth/login", body);
  }

  private static String count(String act, String since) {
    return server.query(
        "select count(*) from audit_log where act = '" + act + "' and id > " + since);
  }

  private static String last() {
    return server.query("select coalesce(max(id), 0) from audit_log");
  }

  @Test
  void s77_signingInAndOutIsOneRowEach() {
    Person ann = server.person("ann");
    String name = "{\"username\": \"anne\"}";
    JsonObject wish = new JsonObject(name).put("password", "correct horse of anne");
    Person.Bytes made = call(Person.stranger(server.url()), "POST", "/auth/register", wish);
    assertEquals("register anne 127.0.0.1", acts(made));
    assertEquals("login ann 127.0.0.1", acts(login("ann", ann.password())));
    Person.Bytes wrong = login("ann", "not this one");
    assertEquals(401, wrong.status());
    assertEquals("login.failed - 127.0.0.1", acts(wrong));
    assertEquals(
        ann.id(),
        server.query(
            "select row_id->>'id' from audit_log where act = 'login.failed' order by id desc limit 1"));
    assertEquals("login.failed - 127.0.0.1", acts(login("nobody at all", "hunter2")));
    assertEquals(
        "0",
        server.query("select count(*) from audit_log a where a::text ~ 'nobody at all|hunter2'"));
    Person.Bytes out = call(ann, "POST", "/auth/logout", null);
    assertEquals("logout ann 127.0.0.1", acts(out));
    assertEquals("none", acts(call(ann, "POST", "/auth/logout", null)), "who is gone goes no more");
  }

  @Test
  void s77_refreshTokenThatComesTwiceIsOneRow() {
    Person rita = server.person("rita");
    JsonObject token = new JsonObject().put("refreshToken", rita.refreshToken());
    Person nobody = Person.stranger(server.url());
    assertEquals("none", acts(call(nobody, "POST", "/auth/refresh", token)), "nothing to tell");
    assertEquals("refresh.reused - 127.0.0.1", acts(call(nobody, "POST", "/auth/refresh", token)));
    assertEquals("none", acts(call(nobody, "POST", "/auth/refresh", token)), "it is over");
  }

  @Test
  void s77_changedAndForgottenPasswordsAreOneRowEach() {
    Person paul = Person.registerWithEmail(server.url(), "paul", "paul@example.org");
    JsonObject wrong = new JsonObject().put("current", "no").put("password", LONG_ENOUGH);
    assertEquals(
        "confirm.failed paul 127.0.0.1", acts(call(paul, "POST", "/auth/password", wrong)));
    JsonObject right = wrong.copy().put("current", paul.password());
    assertEquals(
        "password.change paul 127.0.0.1",
        acts(call(paul, "POST", "/auth/password", right)),
        "the session that follows is no sign-in");
    JsonObject forgot = new JsonObject().put("email", "paul@example.org");
    String before = last();
    Person.Bytes asked =
        call(Person.stranger(server.url()), "POST", "/auth/password-reset", forgot);
    Await.until("it is noted", () -> count("password.reset.asked", before).equals("1"));
    assertEquals("password.reset.asked - 127.0.0.1", acts(asked));
  }

  @Test
  void s77_whatLetsSomebodyInIsChangedByOneRowEach() {
    Person tom = server.person("tom");
    String secret = tom.post("/auth/totp", null).body().getString("secret");
    AuthenticatorApp app = new AuthenticatorApp(secret);
    JsonObject code = new JsonObject().put("code", app.code());
    assertEquals("totp.on tom 127.0.0.1", acts(call(tom, "POST", "/auth/totp/confirm", code)));
    assertEquals("none", acts(login("tom", tom.password())), "a code is asked for");
    assertEquals(
        "recovery.codes tom 127.0.0.1", acts(call(tom, "POST", "/auth/recovery-codes", null)));
    assertEquals(
        "confirm.failed tom 127.0.0.1",
        acts(call(tom, "POST", "/auth/confirm", new JsonObject().put("code", "000000"))));
    JsonObject password = new JsonObject().put("current", tom.password());
    assertEquals("confirm tom 127.0.0.1", acts(call(tom, "POST", "/auth/confirm", password)));
    assertEquals("totp.off tom 127.0.0.1", acts(call(tom, "DELETE", "/auth/totp", null)));
    JsonObject bot = new JsonObject().put("name", "bot").put("scopes", new JsonArray().add("read"));
    Person.Bytes made = call(tom, "POST", "/auth/api-keys", bot);
    assertEquals("key.make tom 127.0.0.1", acts(made), "the session of a key is no sign-in");
    String key = "/auth/api-keys/" + made.json().getString("id");
    assertEquals("key.revoke tom 127.0.0.1", acts(call(tom, "DELETE", key, null)));
    assertEquals("logout.others tom 127.0.0.1", acts(call(tom, "DELETE", "/auth/sessions", null)));
    assertEquals("data.export tom 127.0.0.1", acts(call(tom, "POST", "/users/me/export", null)));
    assertEquals(
        "account.delete tom 127.0.0.1", gone(call(tom, "DELETE", "/users/me?messages=keep", null)));
  }

  /** Their name is gone as well. */
  private static String gone(Person.Bytes answer) {
    return acts(answer).replaceAll("deleted-\\w+", "tom");
  }

  @Test
  void s77_whatAdministratorsDoIsOneRowEach() {
    Person admin = administrator();
    Person dan = server.person("dan");
    String path = "/admin/users/" + dan.id();
    JsonObject off = new JsonObject().put("disabled", true).put("role", "admin");
    assertEquals(
        "user.role root 127.0.0.1, user.disable root 127.0.0.1",
        acts(call(admin, "PATCH", path, off)),
        "two acts");
    assertEquals(
        "user.enable root 127.0.0.1",
        acts(call(admin, "PATCH", path, new JsonObject().put("disabled", false))));
    assertEquals("none", acts(call(dan, "PATCH", path, off)), "refused");
  }

  @Test
  void s77_whatAdministratorsSeeIsOneRowEach() {
    Person admin = administrator();
    Person ida = server.person("ida");
    assertEquals("admin.list root 127.0.0.1", acts(call(admin, "GET", "/admin/users?q=ida", null)));
    assertEquals(
        "users {\"searched\": true}",
        server.query(
            "select table_name || ' ' || after from audit_log where act = 'admin.list' order by id desc limit 1"));
    String one = "/admin/users/" + ida.id();
    assertEquals("admin.view root 127.0.0.1", acts(call(admin, "GET", one, null)));
    assertEquals(
        "admin.export root 127.0.0.1", acts(call(admin, "GET", "/admin/users/export", null)));
    assertEquals("none", acts(call(ida, "GET", one, null)), "there is nothing for others");
    Person.Answer log =
        admin.get("/admin/audit-log?filter=act:admin.view&filter=actor:" + admin.id());
    assertEquals(
        ida.id(),
        log.body().getJsonArray("items").getJsonObject(0).getJsonObject("row").getString("id"));
  }

  @Test
  void s77_whoIsRemovedFromARoomIsOneRow() {
    Person owner = server.person("olga");
    Person member = server.person("mark");
    String room = owner.room("group", member);
    JsonObject said = member.say(room, "unspeakable words");
    String place = "/chat/rooms/" + room;
    assertEquals(
        "message.delete olga 127.0.0.1",
        acts(call(owner, "DELETE", place + "/messages/" + said.getLong("seq"), null)));
    String mark = place + "/members/" + member.id();
    assertEquals(
        "member.role olga 127.0.0.1",
        acts(call(owner, "PATCH", mark, new JsonObject().put("role", "moderator"))));
    assertEquals("member.remove olga 127.0.0.1", acts(call(owner, "DELETE", mark, null)));
    assertEquals("none", acts(call(owner, "DELETE", mark, null)), "nobody there");
    assertEquals("room.delete olga 127.0.0.1", acts(call(owner, "DELETE", place, null)));
    assertEquals(
        "0", server.query("select count(*) from audit_log a where a::text like '%unspeakable%'"));
  }

  @Test
  void i19_actIsThereOnceAlsoWhenTheAnswerIsLost() throws IOException, SQLException {
    Person lena = server.person("lena");
    String mine =
        "select count(*) from audit_log where act = 'login' and actor_id = '%s'"
            .formatted(lena.id());
    assertEquals("1", server.query(mine));
    try (Connection other = elsewhere();
        Statement holding = other.createStatement();
        Socket socket = RawHttp.open(server.port())) {
      other.setAutoCommit(false);
      holding.execute("lock table audit_log in share mode");
      socket.getOutputStream().write(loginOf(lena));
      Await.until("the act waits", () -> server.query(WAITING).equals("1"));
      hangUp(socket);
      other.commit();
    }
    Await.until("the act is noted", () -> server.query(mine).equals("2"));
    login("lena", lena.password());
    assertEquals("3", server.query(mine), "one for each");
  }

  private static void hangUp(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static Connection elsewhere() throws SQLException {
    DatabaseAddress database = server.database();
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static byte[] loginOf(Person who) {
    String body =
        new JsonObject().put("login", who.name()).put("password", who.password()).encode();
    String head =
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n".formatted(body.length());
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void administratorsVerifyTheChainAndAreToldWhichRowIsWrong() {
    Person admin = administrator();
    assertEquals(404, server.person("eve").get("/admin/audit-log/verify").status());
    assertEquals("audit.verify root 127.0.0.1", acts(call(admin, "GET", VERIFY, null)));
    Await.until("the chain is laid", () -> server.query(LEFT).equals("0"));
    JsonObject whole = admin.get(VERIFY).body();
    assertFalse(whole.containsKey("broken"), whole::encode);
    assertFalse(whole.getBoolean("more"));
    tamper("update audit_log set address = '192.0.2.1' where id = 3");
    JsonObject broken = admin.get(VERIFY).body();
    assertEquals(
        new JsonObject().put("id", 3).put("flaw", "changed"), broken.getJsonObject("broken"));
    assertEquals(2, broken.getInteger("upTo"));
    assertFalse(admin.get(VERIFY + "?after=3").body().containsKey("broken"), "the rest holds");
    tamper("update audit_log set address = '127.0.0.1' where id = 3");
    assertFalse(admin.get(VERIFY).body().containsKey("broken"));
  }

  private static void tamper(String change) {
    server.sql(
        "alter table audit_log disable trigger append_only; "
            + change
            + "; alter table audit_log enable trigger append_only");
  }

  private static Person root;

  /** Whoever came first is it; the others of this class do not mind. */
  private static Person administrator() {
    if (root == null) {
      root = server.person("root");
    }
    server.sql("update users set role = 'admin' where id = '" + root.id() + "'");
    root.login();
    return root;
  }
}

package chat.parley.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.Migrations;
import chat.parley.testing.Await;
import chat.parley.testing.MailServer;
import chat.parley.testing.Pem;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside a running server with a database of its own. */
class CommandsIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  @TempDir private Path folder;

  /** As an operator who has set the database in the environment. */
  private Terminal.Said say(String... words) {
    return terminal().say(words);
  }

  private Terminal terminal() {
    DatabaseAddress database = server.database();
    return new Terminal(
        folder,
        Map.of(
            "PARLEY_DATABASE_URL",
            "postgresql://" + database.host() + ":" + database.port() + "/" + database.database(),
            "PARLEY_DATABASE_USER",
            database.user(),
            "PARLEY_DATABASE_PASSWORD",
            database.password(),
            "PARLEY_DATA",
            folder.resolve("data").toString()));
  }

  private static String audited(String table) {
    return server.query(
        "select count(*) from audit_log where table_name = '%s' and actor_id is null and request_id like 'cli-%%'"
            .formatted(table));
  }

  @Test
  void accountIsMadeAnAdministrators() {
    server.person("promoter.first");
    Person bob = server.person("promoted.bob");
    assertEquals(404, bob.get("/admin/applications").status());
    String before = audited("users");
    assertEquals(
        "promoted.bob is an administrator now.\n", say("admin", "promote", "promoted.bob").out());
    bob.login();
    assertEquals(200, bob.get("/admin/applications").status());
    assertTrue(say("admin", "promote", "promoted.bob").out().contains("already"));
    assertEquals(Long.parseLong(before) + 2, Long.parseLong(audited("users")), "change and act");
  }

  @Test
  void s25_linkToANewPasswordWorksOnceAndOnlyTheNewest() {
    Person bob = Person.registerWithEmail(server.url(), "linked.bob", "linked@example.org");
    String older = token(say("admin", "reset-link", "linked.bob"));
    String newer = token(say("admin", "reset-link", "linked.bob"));
    assertEquals(400, reset(bob, older));
    assertEquals(200, bob.get("/auth/me").status());
    assertEquals(204, reset(bob, newer));
    assertEquals(400, reset(bob, newer));
    assertEquals(401, bob.get("/auth/me").status(), "every session has ended");
    Person.signedIn(server.url(), "linked.bob", "another horse battery");
    assertEquals(
        null,
        server.query("select email_verified_at from users where username = 'linked.bob'"),
        "a link that was not sent to an address proves none");
    assertTrue(Long.parseLong(audited("mail_tokens")) >= 2);
    assertEquals(
        "t",
        server.query(
            "select bool_and(expires_at <= created_at + interval '10 minutes') from mail_tokens where email = ''"));
  }

  @Test
  void s29_linkForAnAdministratorIsPrintedAndWorksOnce() {
    String link = say("admin", "invite").out().strip();
    assertTrue(link.startsWith("http://localhost:8080/#/invite/"), link);
    JsonObject wish =
        new JsonObject()
            .put("username", "invited.ada")
            .put("password", "correct horse of ada")
            .put("invite", link.substring(link.lastIndexOf('/') + 1));
    Person nobody = Person.stranger(server.url());
    JsonObject made = nobody.post("/auth/register", wish).body();
    assertEquals("admin", made.getJsonObject("user").getString("role"));
    assertEquals(400, nobody.post("/auth/register", wish.put("username", "late.ada")).status());
  }

  private static String token(Terminal.Said said) {
    assertEquals(0, said.code(), said.err());
    String link = said.out().strip();
    assertTrue(link.startsWith("http://localhost:8080/#/reset/"), link);
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private static int reset(Person who, String token) {
    JsonObject wish = new JsonObject().put("token", token).put("password", "another horse battery");
    return who.post("/auth/password-reset-confirm", wish).status();
  }

  @Test
  void whoIsNotThereOrDisabledGetsNothing() {
    Terminal.Said said = say("admin", "promote", "nobody.at.all");
    assertEquals(1, said.code());
    assertTrue(said.err().contains("There is no account named 'nobody.at.all'"), said.err());
    server.person("disabled.bob");
    server.sql("update users set disabled_at = now() where username = 'disabled.bob'");
    assertTrue(say("admin", "promote", "disabled.bob").err().contains("is disabled"));
    assertTrue(say("admin", "reset-link", "disabled.bob").err().contains("is disabled"));
  }

  @Test
  void databaseThatIsUpToDateIsLeftAlone() {
    assertTrue(say("migrate").out().contains("is up to date, at version " + Migrations.newest()));
  }

  @Test
  void auditLogThatWasChangedIsFoundOut() {
    server.person("audited.ann");
    Await.until(
        "the chain is laid",
        () -> Integer.parseInt(server.query("select count(*) from audit_chain")) > 1);
    Terminal.Said well = say("audit", "verify");
    assertEquals(0, well.code(), well.err());
    String place = well.out().lines().toList().get(1);
    assertEquals(0, say("audit", "verify", "--expect", place).code());
    assertTrue(Long.parseLong(audited("audit_log")) >= 2, "each look is an act");
    String another = place.substring(0, place.indexOf(':') + 1) + "00".repeat(32);
    assertTrue(say("audit", "verify", "--expect", another).err().contains("was changed"));
    assertEquals(2, say("audit", "verify", "--expect", "nowhere").code());

    String id = server.query("select min(id) from audit_chain");
    server.sql("alter table audit_log disable trigger append_only");
    server.sql("update audit_log set at = at - interval '1 hour' where id = " + id);
    Terminal.Said ill = say("audit", "verify");
    server.sql("update audit_log set at = at + interval '1 hour' where id = " + id);
    server.sql("alter table audit_log enable trigger append_only");
    assertEquals(1, ill.code());
    assertTrue(ill.err().contains("row " + id + " was changed"), ill.err());
    assertEquals(0, say("audit", "verify").code());
  }

  @Test
  void importBesideARunningServerIsRefused() throws IOException {
    Path export = folder.resolve("e.tar.gz");
    assertEquals(0, say("export", export.toString()).code());
    Terminal.Said said = say("import", export.toString());
    assertEquals(1, said.code());
    assertTrue(said.err().contains("A server uses the database"), said.err());
    assertEquals("1", audited("server"), "the export, and no import");
    assertFalse(Files.exists(folder.resolve("data/secret")));
  }

  @Test
  void doctorFindsWhatIsWrongAndSaysWhatToDo() throws IOException {
    MailServer mail = new MailServer();
    mail.beforeEach(null);
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Pem.make(folder, "long", "EC", 90).write(certificate, key);
    Files.createDirectory(folder.resolve("data"));
    List<String> words =
        new ArrayList<>(
            List.of("doctor", "--smtp-url", mail.url(), "--public-url", "https://localhost"));
    words.addAll(List.of("--tls-cert", certificate.toString(), "--tls-key", key.toString()));

    Terminal.Said well = say(words.toArray(String[]::new));
    for (String line :
        List.of(
            "ok java",
            "ok space",
            "ok disk",
            "ok database PostgreSQL 1",
            "ok durability",
            "ok schema version " + Migrations.newest(),
            "ok clock",
            "ok connections",
            "ok mail 127.0.0.1:" + mail.port() + " answers",
            "ok tls the certificate is valid until")) {
      assertTrue(
          ("\n" + well.out().replaceAll(" +", " ")).contains("\n" + line),
          line + " in " + well.out());
    }
    // The folder was made for everybody to read.
    assertTrue(well.out().contains("fail  data folder"), well.out());
    assertEquals(1, well.code());

    mail.stop();
    words.set(words.indexOf("https://localhost"), "https://chat.example");
    Pem.make(folder, "other", "EC", 10).write(certificate, folder.resolve("unused.pem"));
    Terminal.Said ill = say(words.toArray(String[]::new));
    assertEquals(1, ill.code());
    assertTrue(ill.out().contains("fail  mail"), ill.out());
    assertTrue(ill.out().contains("is not that of the certificate"), ill.out());

    Pem.make(folder, "short", "EC", 10).write(certificate, key);
    String soon = say(words.toArray(String[]::new)).out();
    assertTrue(soon.contains("warn  tls ") && soon.contains("Renew it"), soon);
    assertTrue(soon.contains("fail  tls name") && soon.contains("not for chat.example"), soon);
    Instant late = Instant.now().plus(Duration.ofDays(11));
    String past =
        terminal().at(Clock.fixed(late, ZoneOffset.UTC)).say(words.toArray(String[]::new)).out();
    assertTrue(past.contains("the certificate is not valid today"), past);
  }
}

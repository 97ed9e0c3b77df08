package chat.parley.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.parley.auth.AuthVerticle;
import chat.parley.persistence.PersistenceVerticle;
import chat.parley.testing.Await;
import chat.parley.testing.MailServer;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The outbox from inside: who takes a letter, where it goes, and what stays behind. */
class OutboxIT {
  private static final byte[] SECRET = "a secret of at least thirty-two bytes".getBytes();

  @TempDir Path folder;

  @Order(1)
  @RegisterExtension
  final MailServer mail = new MailServer();

  @Order(2)
  @RegisterExtension
  final TestServer server = new TestServer();

  private void mailRoom(Vertx vertx, String smtpUrl) {
    Await.get(
        vertx.deployVerticle(
            new MailVerticle(
                new MailVerticle.Options(
                        "http://localhost:8080", "", smtpUrl, folder.resolve("outbox"))
                    .hurried(Duration.ofMillis(200), Duration.ofSeconds(15)))));
  }

  private Vertx anotherNode() {
    Vertx vertx = Vertx.vertx();
    Await.get(vertx.deployVerticle(new PersistenceVerticle(server.database())));
    Await.get(vertx.deployVerticle(new AuthVerticle(AuthVerticle.Options.defaults(SECRET))));
    return vertx;
  }

  private void awaitSent(int count) {
    String sent = "select count(*) from letters where sent_at is not null";
    Await.until(count + " are sent", () -> server.query(sent).equals("" + count));
  }

  @Test
  void nodesThatShareAnOutboxSendEachLetterOnce() {
    Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
    server.sql(
        "insert into letters (id, kind, user_id, recipient) select gen_random_uuid(), 'password_changed', id,"
            + " 'n' || i || '@mail.example' from users, generate_series(1, 40) i");
    List<Vertx> others = List.of(anotherNode(), anotherNode());
    try {
      others.forEach(node -> mailRoom(node, mail.url()));
      mailRoom(server.vertx(), mail.url());
      awaitSent(41);
      assertEquals(41, mail.letters().size());
      assertEquals("1", server.query("select max(attempts) from letters"));
    } finally {
      others.forEach(node -> Await.get(node.close()));
    }
  }

  @Test
  void letterThatIsBeingSentIsKeptFromOthersAndIsFreeAfterACrash() {
    Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
    server.sql("update letters set attempts = 1, next_attempt_at = now() + interval '60 seconds'");
    mailRoom(server.vertx(), mail.url());
    server.sql(
        "insert into letters (id, kind, user_id, recipient) select gen_random_uuid(), 'password_changed', id,"
            + " 'later@mail.example' from users");
    mail.await("later@mail.example", 1);
    assertEquals(1, mail.letters().size(), "the one that somebody else is at stays");
    server.sql("update letters set next_attempt_at = now() where attempts = 1 and sent_at is null");
    mail.await("ann@mail.example", 1);
  }

  @Test
  void letterWhoseLinkWasReplacedIsNotSentAnyMore() {
    Person ann = Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
    assertEquals(202, ann.post("/auth/email-verification", null).status());
    mailRoom(server.vertx(), mail.url());
    mail.await("ann@mail.example", 1);
    awaitSent(1);
    assertEquals(
        "its link was replaced or used before it was sent",
        server.query("select last_error from letters where failed_at is not null"));
  }

  private void awaitRefused() {
    Await.until("refused", () -> server.query("select last_error from letters limit 1") != null);
  }

  @Test
  void nothingIsSentToAServerWithoutTheEncryptionThatIsDemanded() {
    Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
    String url = "smtp://parley:secret@127.0.0.1:" + mail.port() + "?starttls=required";
    mailRoom(server.vertx(), url);
    awaitRefused();
    assertEquals(0, mail.letters().size());
    assertFalse(server.query("select last_error from letters").contains("secret"));
  }

  @Test
  void nothingIsSentToAServerThatDoesNotProveItsName() {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
    GreenMail impostor = new GreenMail(setup);
    impostor.start();
    try {
      Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
      mailRoom(server.vertx(), "smtps://127.0.0.1:" + impostor.getSmtps().getPort());
      awaitRefused();
      assertEquals(0, impostor.getReceivedMessages().length);
    } finally {
      impostor.stop();
    }
  }

  @Test
  void provedAddressIsGreetedByItsUserName() {
    Person ann = Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
    mailRoom(server.vertx(), mail.url());
    assertTrue(mail.await("ann@mail.example", 1).text().startsWith("Hello,"));
    server.sql("update users set email_verified_at = now()");
    JsonObject change =
        new JsonObject().put("current", ann.password()).put("password", "another horse");
    assertEquals(200, ann.post("/auth/password", change).status());
    MailServer.Letter notice = mail.await("ann@mail.example", 2);
    assertTrue(notice.text().startsWith("Hello ann,"), notice.text());
    assertTrue(notice.raw().contains("Auto-Submitted: auto-generated"));
    assertTrue(notice.raw().contains("From: Parley <parley@localhost>"));
  }

  @Test
  void withoutAMailServerLettersAreFilesThatOnlyWeCanRead() throws IOException {
    List<String> lines = logged(this::writeLetters);
    List<Path> files = files();
    assertEquals(2, files.size());
    assertEquals(
        Set.of("email-confirm", "password-reset"),
        files.stream()
            .map(
                file ->
                    file.getFileName().toString().replaceAll("^[\\dT-]*-([a-z]+-[a-z]+)-.*", "$1"))
            .collect(Collectors.toSet()));
    assertEquals("rwx------", mode(folder.resolve("outbox")));
    for (Path file : files) {
      assertEquals("rw-------", mode(file));
      String letter = Files.readString(file);
      assertTrue(letter.contains("multipart/alternative"), letter);
      String token = letter.replaceAll("(?s).*?/#/[a-z-]+/([\\w-]{43}).*", "$1");
      assertTrue(token.matches("[\\w-]{43}"), "the link is on one line");
      assertTrue(lines.stream().anyMatch(line -> line.contains(file.getFileName().toString())));
      assertTrue(lines.stream().noneMatch(line -> line.contains(token)), "S39");
    }
  }

  private void writeLetters() {
    mailRoom(server.vertx(), "");
    Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
    JsonObject wish = new JsonObject().put("email", "ann@mail.example");
    assertEquals(202, Person.stranger(server.url()).post("/auth/password-reset", wish).status());
    awaitSent(2);
  }

  @Test
  void s24NothingThatALinkOpensIsInTheDatabaseOrTheLog() {
    Person.registerWithEmail(server.url(), "ann", "ann@mail.example");
    List<String> lines =
        logged(
            () -> {
              mailRoom(server.vertx(), mail.url());
              JsonObject wish = new JsonObject().put("email", "ann@mail.example");
              Person.stranger(server.url()).post("/auth/password-reset", wish);
              awaitSent(2);
            });
    for (MailServer.Letter letter : mail.letters()) {
      for (String table : List.of("letters", "mail_tokens", "audit_log", "users")) {
        String dump =
            server.query("select coalesce(string_agg(t::text, ''), '') from " + table + " t");
        assertFalse(dump.contains(letter.token()), table);
      }
      String found =
          server.query(
              "select count(*) from mail_tokens where hash = sha256('" + letter.token() + "')");
      assertEquals("1", found, "its hash is, and nothing else");
      assertTrue(lines.stream().noneMatch(line -> line.contains(letter.token())));
    }
  }

  /** What everything says meanwhile, at its most talkative but for the mail client's own. */
  private static List<String> logged(Runnable what) {
    Logger ours = (Logger) LoggerFactory.getLogger("chat.parley");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ours.setLevel(Level.TRACE);
    ours.addAppender(log);
    try {
      what.run();
    } finally {
      ours.setLevel(null);
      ours.detachAppender(log);
    }
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("outbox"))) {
      return files.toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

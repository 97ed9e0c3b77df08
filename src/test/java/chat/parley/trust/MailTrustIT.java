package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.MailServer;
import chat.parley.testing.MailServer.Letter;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Stopwatch;
import chat.parley.testing.StubbornMailServer;
import chat.parley.testing.StubbornMailServer.Way;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail servers that are dead or refuse, and people who would write into other people's letters. */
class MailTrustIT {
  private static final String ANN = "ann@mail.example";

  @Order(1)
  @RegisterExtension
  final MailServer mail = new MailServer();

  @Order(2)
  @RegisterExtension
  final TestServer server = new TestServer().withMail(mail::url);

  private Answer ask(String email) {
    return Person.stranger(server.url())
        .post("/auth/password-reset", new JsonObject().put("email", email));
  }

  private void awaitAttempts(int least) {
    Await.until(
        "it was tried",
        () -> {
          server.hurryLetters();
          return Integer.parseInt(server.query("select max(attempts) from letters")) >= least;
        });
  }

  private void awaitAllSent() {
    Await.until(
        "nothing waits",
        () -> {
          server.hurryLetters();
          return server.query("select count(*) from letters where sent_at is null").equals("0");
        });
  }

  private void assertAnsweredAtOnce(Runnable request) {
    Stopwatch started = Stopwatch.started();
    request.run();
    Duration took = started.elapsed();
    assertTrue(took.toMillis() < 3_000, () -> "answered after " + took);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void f27_aMailServerThatRefusesDelaysNoAnswerAndLosesAndDoublesNoLetter(Way way) {
    mail.stop();
    try (StubbornMailServer stubborn = new StubbornMailServer(way, mail.port())) {
      assertAnsweredAtOnce(() -> Person.registerWithEmail(server.url(), "ann", ANN));
      assertAnsweredAtOnce(() -> assertEquals(202, ask(ANN).status()));
      Await.until("somebody knocked", () -> stubborn.attempts() > 0);
      if (way != Way.TARPITS) {
        awaitAttempts(2);
      }
    }
    mail.start();
    awaitAllSent();
    assertEquals(
        List.of("confirm-email", "reset"),
        mail.lettersTo(ANN).stream().map(Letter::place).sorted().toList());
    assertEquals(204, reset(mail).status());
  }

  private Answer reset(MailServer server) {
    String token =
        server.lettersTo(ANN).stream()
            .filter(each -> each.place().equals("reset"))
            .findFirst()
            .orElseThrow()
            .token();
    return Person.stranger(this.server.url())
        .post(
            "/auth/password-reset-confirm",
            new JsonObject().put("token", token).put("password", "another horse again"));
  }

  @Test
  void f27_noLetterIsLostOrDoubledByARestart() {
    mail.stop();
    Person.registerWithEmail(server.url(), "ann", ANN);
    assertEquals(202, ask(ANN).status());
    awaitAttempts(1);
    server.stop();
    mail.start();
    server.start();
    awaitAllSent();
    assertEquals(2, mail.letters().size());
    server.stop();
    server.start();
    Await.until("it looks at the outbox", () -> ask("nobody@mail.example").status() == 202);
    assertEquals(2, mail.letters().size());
  }

  @Test
  void f27_aLetterThatARepeatedAttemptSendsTwiceHasOneName() {
    Person.registerWithEmail(server.url(), "ann", ANN);
    Letter first = mail.await(ANN, 1);
    Await.until(
        "noted",
        () -> server.query("select count(*) from letters where sent_at is not null").equals("1"));
    // As a crash between the mail server's word and ours leaves it.
    server.sql("update letters set sent_at = null, next_attempt_at = now()");
    Letter second = mail.await(ANN, 2);
    assertEquals(first.messageId(), second.messageId());
    assertEquals(first.token(), second.token());
  }

  @Test
  void f27_whatIsRefusedForThreeDaysIsGivenUpAndSeen() {
    mail.stop();
    Person.registerWithEmail(server.url(), "ann", ANN);
    awaitAttempts(1);
    server.sql("update letters set created_at = now() - interval '73 hours'");
    Await.until(
        "given up",
        () -> {
          server.hurryLetters();
          return server
              .query("select count(*) from letters where failed_at is not null")
              .equals("1");
        });
    assertTrue(server.query("select last_error from letters").contains("refused"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@mail.example\r\nBcc: evil@mail.example",
        "a@mail.example\nBcc: evil@mail.example",
        "a@mail.example%0d%0aBcc:evil@mail.example",
        "a@mail.example, evil@mail.example",
        "a@mail.example;evil@mail.example",
        "Ann <a@mail.example>",
        "a@mail.example (evil)",
        "\"a b\"@mail.example",
        "a@mail.example>\r\nRCPT TO:<evil@mail.example",
        "a\u0000@mail.example",
        "a@mail.example\u2028evil@mail.example",
        "a@@mail.example",
        "a@"
      })
  void s28_anAddressThatIsNotOneMailboxIsRefused(String address) {
    Person bob = Person.registerWithEmail(server.url(), "bob", "bob@mail.example");
    mail.await("bob@mail.example", 1);
    Person stranger = Person.stranger(server.url());
    JsonObject wish =
        new JsonObject().put("password", "correct horse of eve").put("email", address);
    assertEquals(400, stranger.post("/auth/register", wish.put("username", "eve")).status());
    assertEquals(400, ask(address).status());
    JsonObject change = new JsonObject().put("current", bob.password()).put("email", address);
    assertEquals(400, bob.post("/auth/email", change).status());
    assertEquals("1", server.query("select count(*) from letters"));
    assertEquals(1, mail.letters().size());
  }

  @Test
  void s28_aNameIsNoHeaderAndNoMarkup() {
    JsonObject wish =
        new JsonObject()
            .put("username", "eve")
            .put("password", "correct horse of eve")
            .put("email", ANN)
            .put("displayName", "x\r\nBcc: evil@mail.example");
    Person stranger = Person.stranger(server.url());
    assertEquals(400, stranger.post("/auth/register", wish).status());
    wish.put("displayName", "<img src=https://evil.example/x> Bcc: evil@mail.example");
    assertEquals(201, stranger.post("/auth/register", wish).status());
    Letter letter = mail.await(ANN, 1);
    assertEquals(List.of(ANN), letter.to());
    assertFalse(
        letter.raw().contains("evil"), "an unproved address is told nothing of others' choice");
    assertFalse(letter.raw().contains("eve"));
    assertEquals(1, mail.letters().size());
  }
}

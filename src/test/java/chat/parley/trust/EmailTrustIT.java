package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.MailServer;
import chat.parley.testing.MailServer.Letter;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Addresses: proved by a link, changed with the password only, and nobody learns whose is whose.
 */
class EmailTrustIT {
  private static final String ANN = "ann@mail.example";
  private static final String NEW = "ann@new.example";
  private static final String BOB = "bob@mail.example";

  @Order(1)
  @RegisterExtension
  final MailServer mail = new MailServer();

  @Order(2)
  @RegisterExtension
  final TestServer server = new TestServer().withMail(mail::url);

  private Person registered(String name, String email) {
    return Person.registerWithEmail(server.url(), name, email);
  }

  private Person proved(String name, String email) {
    Person person = registered(name, email);
    assertEquals(204, confirm(mail.await(email, 1)).status());
    return person;
  }

  private Answer confirm(Letter letter) {
    assertEquals("confirm-email", letter.place());
    return Person.stranger(server.url())
        .post("/auth/email-confirm", new JsonObject().put("token", letter.token()));
  }

  private static Answer change(Person person, String email) {
    return person.post(
        "/auth/email", new JsonObject().put("current", person.password()).put("email", email));
  }

  private static JsonObject me(Person person) {
    return person.get("/auth/me").body();
  }

  @Test
  void addressOfARegistrationIsProvedByTheLinkInItsLetterOnce() {
    Person ann = registered("ann", ANN);
    assertFalse(me(ann).getBoolean("emailVerified"));
    assertTrue(me(ann).getBoolean("hasPassword"));
    Letter letter = mail.await(ANN, 1);
    assertEquals(TestServer.MAIL_URL, letter.linkTo());
    assertEquals(204, confirm(letter).status());
    assertTrue(me(ann).getBoolean("emailVerified"));
    assertEquals(400, confirm(letter).status());
  }

  @Test
  void linkIsOverAfterADay() {
    registered("ann", ANN);
    Letter letter = mail.await(ANN, 1);
    assertEquals(
        "t",
        server.query(
            "select expires_at between now() + interval '23 hours' and now() + interval '24 hours' from mail_tokens"));
    server.sql("update mail_tokens set expires_at = now() - interval '1 second'");
    assertEquals(400, confirm(letter).status());
  }

  @Test
  void proofIsSentAgainAndOnlyTheNewestCounts() {
    Person ann = registered("ann", ANN);
    Letter first = mail.await(ANN, 1);
    assertEquals(202, ann.post("/auth/email-verification", null).status());
    Letter second = mail.await(ANN, 2);
    assertEquals(400, confirm(first).status());
    assertEquals(204, confirm(second).status());
    assertEquals(409, ann.post("/auth/email-verification", null).status());
  }

  @Test
  void s27_theOldAddressIsToldOnceTheNewOneIsProved() {
    Person ann = proved("ann", ANN);
    assertEquals(202, change(ann, NEW).status());
    assertEquals(ANN, me(ann).getString("email"));
    assertEquals(NEW, me(ann).getString("pendingEmail"));
    assertEquals(204, confirm(mail.await(NEW, 1)).status());
    assertEquals(NEW, me(ann).getString("email"));
    assertNull(me(ann).getString("pendingEmail"));
    assertTrue(me(ann).getBoolean("emailVerified"));
    Letter notice = mail.await(ANN, 2);
    assertTrue(notice.subject().contains("another address"), notice.subject());
    assertTrue(notice.text().startsWith("Hello,"), "it is not the account's any more");
    assertFalse(notice.raw().contains(NEW));
  }

  @Test
  void s27_aLinkToANewPasswordThatWentToTheOldAddressDies() {
    Person ann = proved("ann", ANN);
    Person.stranger(server.url()).post("/auth/password-reset", new JsonObject().put("email", ANN));
    String token = mail.await(ANN, 2).token();
    assertEquals(202, change(ann, NEW).status());
    assertEquals(204, confirm(mail.await(NEW, 1)).status());
    JsonObject wish = new JsonObject().put("token", token).put("password", "a horse of eve's");
    assertEquals(
        400, Person.stranger(server.url()).post("/auth/password-reset-confirm", wish).status());
  }

  @Test
  void resetKillsAChangeOfAddressThatSomebodyElseBegan() {
    Person ann = proved("ann", ANN);
    assertEquals(202, change(ann, "evil@mail.example").status());
    Letter evil = mail.await("evil@mail.example", 1);
    Person.stranger(server.url()).post("/auth/password-reset", new JsonObject().put("email", ANN));
    JsonObject wish =
        new JsonObject().put("token", mail.await(ANN, 2).token()).put("password", "my horse again");
    assertEquals(
        204, Person.stranger(server.url()).post("/auth/password-reset-confirm", wish).status());
    assertEquals(400, confirm(evil).status());
  }

  @Test
  void takenAddressIsToldToItsOwnerAndToNobodyElse() {
    proved("bob", BOB);
    Person ann = proved("ann", ANN);
    Answer free = change(ann, NEW);
    JsonObject meFree = me(ann);
    Answer taken = change(ann, BOB);
    JsonObject meTaken = me(ann);
    assertEquals(free.status(), taken.status());
    assertEquals(free.body(), taken.body());
    assertEquals(meFree.fieldNames(), meTaken.fieldNames());
    Letter told = mail.await(BOB, 2);
    assertFalse(told.hasLink());
    assertTrue(told.subject().contains("already"), told.subject());
    assertEquals(ANN, me(ann).getString("email"));
  }

  @Test
  void whoProvesAnAddressGetsItFromWhoNeverDid() {
    Person squatter = registered("squatter", NEW);
    mail.await(NEW, 1);
    Person ann = proved("ann", ANN);
    assertEquals(202, change(ann, NEW).status());
    assertEquals(204, confirm(mail.await(NEW, 2)).status());
    assertEquals(NEW, me(ann).getString("email"));
    assertNull(me(squatter).getString("email"));
  }

  @Test
  void lettersToProveAnAddressAreTenAnHour() {
    Person ann = registered("ann", ANN);
    for (int i = 0; i < 9; i++) {
      assertEquals(202, ann.post("/auth/email-verification", null).status());
    }
    Answer refused = ann.post("/auth/email-verification", null);
    assertEquals(429, refused.status());
  }
}

package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Passwords and addresses from outside, without a look at the mail: what needs letters stands in
 * {@link ResetTrustIT}. Addresses end in {@code .invalid}, so that no letter finds anybody.
 */
class AccountTrustIT {
  @RegisterExtension static final Target target = new Target();

  private static String nobodys() {
    return "p-" + UUID.randomUUID() + "@parley.invalid";
  }

  private static Answer ask(String email) {
    return target.stranger().post("/auth/password-reset", new JsonObject().put("email", email));
  }

  private static Person with(String email) {
    return Person.registerWithEmail(
        target.url(), "mail-" + UUID.randomUUID().toString().substring(0, 8), email);
  }

  @Test
  void s25_theAnswerIsTheSameForKnownAndUnknownAddressesUntilTheLimitAndAtIt() {
    String known = nobodys();
    String unknown = nobodys();
    with(known);
    for (int i = 0; i < 4; i++) {
      Answer forKnown = ask(known);
      Answer forUnknown = ask(unknown);
      assertEquals(forKnown.status(), forUnknown.status());
      if (forKnown.status() == 202) {
        assertEquals(forKnown.body(), forUnknown.body());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "../../x", "a%00b"})
  void s25_linksNobodyMadeOpenNothing(String token) {
    JsonObject wish = new JsonObject().put("token", token);
    Answer proof = target.stranger().post("/auth/email-confirm", wish);
    assertEquals("/problems/link-invalid", proof.body().getString("type"));
    wish.put("password", "a horse of nobody");
    Answer reset = target.stranger().post("/auth/password-reset-confirm", wish);
    assertEquals(400, reset.status());
    assertEquals("/problems/link-invalid", reset.body().getString("type"));
  }

  @Test
  void s26_aNewPasswordEndsTheSessionThatChangedIt() {
    Person ann = target.person("ann");
    JsonObject change =
        new JsonObject().put("current", ann.password()).put("password", "another horse altogether");
    assertEquals(200, ann.post("/auth/password", change).status());
    assertEquals(401, ann.get("/auth/me").status());
    Person again = Person.signedIn(target.url(), ann.name(), "another horse altogether");
    assertEquals(ann.id(), again.id());
  }

  @Test
  void s27_withoutThePresentPasswordNothingIsChanged() {
    Person ann = target.person("ann");
    JsonObject wish = new JsonObject().put("password", "a horse of eve's");
    assertEquals(403, ann.post("/auth/password", wish).status());
    assertEquals(403, ann.post("/auth/password", wish.put("current", "wrong")).status());
    JsonObject email = new JsonObject().put("email", nobodys());
    assertEquals(403, ann.post("/auth/email", email).status());
    assertEquals(403, ann.post("/auth/email", email.put("current", "wrong")).status());
    ann.login();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b.invalid\r\nBcc: c@d.invalid", "a@b.invalid,c@d.invalid", "a%0d%0a@"})
  void s28_anAddressThatIsNotOneMailboxIsRefused(String address) {
    assertEquals(400, ask(address).status());
    Person ann = target.person("ann");
    JsonObject change = new JsonObject().put("current", ann.password()).put("email", address);
    assertEquals(400, ann.post("/auth/email", change).status());
  }
}

package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.AuthenticatorApp;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann protects her account with an app on her phone, and with a passkey in her browser. */
class SecondFactorBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private Visitor ann;

  @BeforeEach
  void annIsSignedIn() {
    server.person("ann");
    Page page = browser.person("ann");
    ann = Visitor.stranger(page, server);
    // Passkeys belong to a domain, and an address of digits is none.
    page.navigate(server.url().replace("127.0.0.1", "localhost"));
    ann.signIn("ann");
    ann.settings("security");
  }

  /** The app after its code was asked for and typed; the recovery codes are on the screen. */
  private AuthenticatorApp setUp() {
    ann.the("totp-on").click();
    assertThat(ann.the("qr")).isVisible();
    ann.page().getByText("Or type it by hand").click();
    AuthenticatorApp app =
        new AuthenticatorApp(ann.the("totp-secret").textContent().replace(" ", ""));
    ann.the("totp-code").fill("12");
    ann.the("totp-confirm").click();
    ann.isCorrected("totp-code", "Please enter the 6 digits of the app.");
    ann.the("totp-code").fill(app.code());
    ann.the("totp-confirm").click();
    assertThat(ann.the("recovery-code")).hasCount(10);
    return app;
  }

  private void assertNothingBroke() {
    assertEquals(
        List.of(),
        browser.errors().stream()
            .filter(error -> !error.contains("Failed to load resource"))
            .toList());
  }

  @Test
  void codeOfTheAppIsAskedForAtSignIn() {
    AuthenticatorApp app = setUp();
    ann.the("codes-kept").click();
    assertThat(ann.the("recovery-left")).hasText("10 recovery codes are left.");
    ann.the("leave-settings").click();
    ann.signOut();

    ann.signIn("ann", Visitor.passwordOf("ann"));
    assertThat(ann.the("code")).isFocused();
    ann.the("code").fill("000000");
    ann.the("submit").click();
    ann.isCorrected("code", "This code is wrong, too old, or used already.");
    ann.the("code").fill(app.code(1));
    ann.the("submit").click();
    ann.isOnline();
    assertNothingBroke();
  }

  @Test
  void recoveryCodeOpensOnce() {
    setUp();
    String code = ann.the("recovery-code").first().textContent();
    ann.the("codes-kept").click();
    ann.the("leave-settings").click();
    ann.signOut();
    ann.signIn("ann", Visitor.passwordOf("ann"));
    ann.the("code").fill(code);
    ann.the("submit").click();
    ann.isOnline();
    ann.settings("security");
    assertThat(ann.the("recovery-left")).hasText("9 recovery codes are left.");
    ann.the("leave-settings").click();
    ann.signOut();

    ann.signIn("ann", Visitor.passwordOf("ann"));
    ann.the("code").fill(code);
    ann.the("submit").click();
    ann.isCorrected("code", "This code is wrong, too old, or used already.");
    assertNothingBroke();
  }

  @Test
  void secondFactorIsTurnedOff() {
    setUp();
    ann.the("codes-kept").click();
    ann.the("totp-off").click();
    ann.the("confirm").click();
    ann.reads("Signing in asks for no code any more.");
    ann.the("leave-settings").click();
    ann.signOut();
    ann.signIn("ann");
    browser.assertNoErrors();
  }

  @Test
  void whoSignedInLongAgoProvesItOnceMore_andItGoesOnByItself() {
    server.sql("update sessions set confirmed_at = confirmed_at - interval '1 hour'");
    ann.the("totp-on").click();
    ann.the("confirm-password").fill("not mine");
    ann.the("confirm-identity-submit").click();
    ann.isCorrected("confirm-password", "This is not your password.");
    ann.confirmsIdentity("ann");
    assertThat(ann.the("totp-dialog")).isVisible();
    ann.page().keyboard().press("Escape");
    assertThat(ann.the("totp-dialog")).hasCount(0);
    ann.the("totp-on").click();
    assertThat(ann.the("totp-dialog")).isVisible();
    assertNothingBroke();
  }

  @Test
  void passkeySignsInWithoutPassword() {
    giveAuthenticator();
    ann.the("add-passkey").click();
    ann.the("passkey-name").fill("Desk");
    ann.the("make-passkey").click();
    ann.reads("Your passkey works from now on.");
    assertThat(ann.the("passkey")).containsText("Desk");
    ann.the("leave-settings").click();
    ann.signOut();

    ann.the("passkey-sign-in").click();
    ann.isOnline();
    ann.settings("security");
    assertThat(ann.the("passkey")).containsText("used");
    ann.the("remove-passkey").click();
    ann.the("confirm").click();
    ann.reads("The passkey Desk is gone.");
    assertThat(ann.the("passkey")).hasCount(0);
    ann.the("leave-settings").click();
    ann.signOut();
    ann.the("passkey-sign-in").click();
    assertThat(ann.the("auth-form")).containsText("This passkey is not known here.");
    assertNothingBroke();
  }

  /** A finger reader that always says yes, made of software. */
  private void giveAuthenticator() {
    CDPSession devtools = ann.page().context().newCDPSession(ann.page());
    devtools.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    for (String ability :
        List.of(
            "hasResidentKey",
            "hasUserVerification",
            "isUserVerified",
            "automaticPresenceSimulation")) {
      options.addProperty(ability, true);
    }
    JsonObject wish = new JsonObject();
    wish.add("options", options);
    devtools.send("WebAuthn.addVirtualAuthenticator", wish);
  }
}

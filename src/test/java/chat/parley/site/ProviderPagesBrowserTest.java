package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.TestProvider;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Request;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann comes in by another provider, or adds that account to the one she has. */
class ProviderPagesBrowserTest {
  private static final TestProvider PROVIDER = TestProvider.start();
  private static final JsonObject ANN = new JsonObject().put("sub", "ann-7").put("name", "Ann Lee");

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @RegisterExtension final TestServer server = new TestServer().withOidc(PROVIDER.options());

  @AfterAll
  static void close() {
    PROVIDER.close();
  }

  /** Ann goes where this leads, to the provider, and allows what it asks. */
  private void allows(Visitor ann, String link) {
    Request asked =
        ann.page()
            .waitForRequest(
                request -> request.url().startsWith(PROVIDER.issuer() + "/authorize"),
                () -> ann.the(link).click());
    asked.response();
    ann.page().navigate(PROVIDER.allow(asked.url(), ANN));
  }

  @Test
  void providerLetsAStrangerIn_whoHasNoPasswordAndCanChooseOne() {
    Visitor ann = Visitor.stranger(browser.person("ann"), server);
    assertThat(ann.the("oidc-sign-in")).hasText("Continue with Test login");
    allows(ann, "oidc-sign-in");
    ann.isOnline();
    assertThat(ann.page().locator(".me")).containsText("Ann Lee");

    ann.settings("security");
    assertThat(ann.the("identity")).containsText("127.0.0.1");
    assertThat(ann.the("identity")).containsText("Ann Lee");
    assertThat(ann.the("current-password")).hasCount(0);
    ann.the("unlink").click();
    ann.the("confirm").click();
    assertThat(ann.the("identity").locator("[role=alert]")).isVisible();
  }

  @Test
  void accountOfTheProviderIsAddedAndTakenAway() {
    Visitor ann = Visitor.signedIn(browser.person("ann"), server, server.person("ann"));
    ann.settings("security");
    allows(ann, "link-provider");
    ann.isOnline();
    ann.settings("security");
    assertThat(ann.the("identity")).containsText("Ann Lee");
    ann.the("unlink").click();
    ann.the("confirm").click();
    ann.reads("is unlinked.");
    assertThat(ann.the("identity")).hasCount(0);
  }

  @Test
  void whoDoesNotAllowItIsToldSo() {
    Visitor ann = Visitor.stranger(browser.person("ann"), server);
    ann.page()
        .navigate(server.url() + "/api/v1/session/oidc/callback?error=access_denied&state=none");
    assertThat(ann.the("auth-form")).containsText("You did not allow it");
  }
}

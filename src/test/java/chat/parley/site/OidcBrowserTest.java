package chat.parley.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.auth.OidcOptions;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Surfer;
import chat.parley.testing.TestServer;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Signing in by a provider with a login page of its own, which another project wrote and which is
 * another site to the browser ({@code localhost} is not {@code 127.0.0.1}): so the site's cookie,
 * that no other site may bring along, has to survive the way there and back.
 */
class OidcBrowserTest {
  private static final MockOAuth2Server PROVIDER = started();

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @RegisterExtension final TestServer server = new TestServer().withOidc(options());

  private Page page;

  private static MockOAuth2Server started() {
    MockOAuth2Server provider = new MockOAuth2Server(new OAuth2Config(true));
    provider.start();
    return provider;
  }

  private static OidcOptions options() {
    return new OidcOptions(
        PROVIDER.issuerUrl("parley").toString(),
        "parley",
        "secret",
        "Test",
        List.of("openid"),
        true);
  }

  @AfterAll
  static void closed() {
    PROVIDER.shutdown();
  }

  @BeforeEach
  void open() {
    page = browser.person("ann");
    page.navigate(server.url() + "/");
  }

  /** As the button of the page does. */
  private void goTo(String path) {
    page.evaluate("path => { location.assign(path) }", "/api/v1" + path);
    page.waitForSelector("input[name=username]");
  }

  private void signInThere(String subject, String claims) {
    page.fill("input[name=username]", subject);
    page.fill("textarea[name=claims]", claims);
    page.click("input[type=submit]");
    page.waitForURL(server.url() + "/**");
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> session() {
    return (Map<String, Object>)
        page.evaluate("async () => (await (await fetch('/api/v1/session')).json()).user ?? {}");
  }

  @Test
  void somebodySignsInThroughTheLoginPageOfAnotherSite() {
    goTo("/session/oidc");
    signInThere(
        "0815",
        "{\"preferred_username\": \"ann\", \"name\": \"Ann Lee\", \"email\": \"ann@example.org\", \"email_verified\": true}");
    assertEquals(server.url() + "/", page.url().replaceAll("#.*", ""));
    assertEquals("ann", session().get("username"));
    assertEquals("Ann Lee", session().get("displayName"));
    // The page itself has found out as well, and a reload changes nothing.
    page.reload();
    assertEquals("ann", session().get("username"));
  }

  @Test
  void anotherIdentityIsAddedToTheAccountThatIsOpen() {
    goTo("/session/oidc");
    signInThere("0815", "{\"preferred_username\": \"ann\"}");
    Object id = session().get("id");
    goTo("/session/oidc?link=1");
    signInThere("4711", "{\"preferred_username\": \"somebody\"}");
    assertEquals(id, session().get("id"));
    assertEquals(
        2,
        page.evaluate(
            "async () => (await (await fetch('/api/v1/auth/identities')).json()).items.length"));
    page.context().clearCookies();
    page.navigate(server.url() + "/");
    goTo("/session/oidc");
    signInThere("4711", "");
    assertEquals(id, session().get("id"));
  }

  @Test
  void aBrowserThatDidNotBeginIsNotLetIn() {
    Surfer surfer = new Surfer(server.url());
    String there = Surfer.location(surfer.get("/api/v1/session/oidc"));
    page.navigate(there);
    page.fill("input[name=username]", "0815");
    page.click("input[type=submit]");
    page.waitForURL(server.url() + "/**");
    // The browser was not the one that had begun.
    assertEquals(server.url() + "/#/sign-in-failed/sign-in-expired", page.url());
    assertEquals(Map.of(), session());
  }
}

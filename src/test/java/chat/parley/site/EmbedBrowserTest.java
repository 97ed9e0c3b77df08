package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Await;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.OtherSite;
import chat.parley.testing.Person;
import chat.parley.testing.Platform;
import chat.parley.testing.TestServer;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parley in the page of a platform that has accounts of its own: docs/embed.md. */
class EmbedBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @RegisterExtension final TestServer server = new TestServer();

  @RegisterExtension final OtherSite site = new OtherSite(() -> server.url());

  /** D1: the platform has accounts of its own, and its customer never meets ours. */
  @Test
  void customerOfAPlatformTalksInItsPageWithoutSigningIn() {
    Person seller = server.person("ann");
    Platform shop = Platform.withSecret(seller, site.url());
    site.vouch(() -> shop.token(shop.claims("customer-7").put("name", "Zoë Miller")));
    Page page = browser.person("zoë");
    page.navigate(site.url() + "/shop.html");
    FrameLocator chat = page.frameLocator("iframe");
    assertThat(chat.getByTestId("connection")).hasAttribute("data-state", "online");
    String zoe = server.query("select id from users where display_name = 'Zoë Miller'");
    JsonObject wish =
        new JsonObject().put("kind", "direct").put("members", new JsonArray().add(zoe));
    String room = seller.post("/chat/rooms", wish).body().getString("id");
    seller.say(room, "How can I help?");
    chat.getByTestId("room-item").click();
    assertThat(chat.getByTestId("message").last()).containsText("How can I help?");
    chat.getByTestId("composer").fill("Is it still there?");
    chat.getByTestId("composer").press("Enter");
    Await.until("answered", () -> seller.history(room).contains("Is it still there?"));
    page.reload();
    assertThat(chat.getByTestId("connection")).hasAttribute("data-state", "online");
    assertEquals("1", server.query("select count(*) from sessions where user_id = '" + zoe + "'"));
    browser.assertNoErrors();
  }
}

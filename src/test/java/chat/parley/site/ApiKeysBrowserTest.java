package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann makes a key for her bot, and takes it away again. */
class ApiKeysBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  @Test
  void keyIsShownOnce_opensTheServer_andIsRevoked() throws Exception {
    Visitor ann = Visitor.signedIn(browser.person("ann"), server, server.person("ann"));
    ann.settings("security");
    ann.the("new-key").click();
    ann.the("make-key").click();
    ann.isCorrected("key-name", "Please give it a name.");
    ann.the("key-name").fill("Weather bot");
    ann.the("scope-read").uncheck();
    ann.the("make-key").click();
    assertThat(ann.the("scopes-error")).hasText("Please choose at least one.");
    ann.the("scope-read").check();
    ann.the("scope-write").check();
    ann.the("make-key").click();

    String key = ann.the("key-once").textContent();
    assertEquals(200, statusWith(key));
    ann.the("key-kept").click();
    assertThat(ann.the("api-key")).containsText("Weather bot");
    assertThat(ann.the("api-key")).containsText("write");
    ann.page().reload();
    assertThat(ann.the("api-key")).containsText("used");
    assertThat(ann.page().locator("body")).not().containsText(key);

    ann.the("end-key").click();
    ann.the("confirm").click();
    ann.reads("The key Weather bot is revoked.");
    assertThat(ann.the("api-key")).hasCount(0);
    assertEquals(401, statusWith(key));
    browser.assertNoErrors();
  }

  private int statusWith(String key) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/chat/rooms"))
            .header("Authorization", "Bearer " + key)
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

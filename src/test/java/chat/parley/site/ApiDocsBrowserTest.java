package chat.parley.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.http.ApiPages;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API in the browser, as the jar brings it: nothing comes from elsewhere. */
class ApiDocsBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @RegisterExtension
  static final TestServer server = new TestServer().shared().hung(door -> door.with(ApiPages.TRY));

  private final List<String> foreign = new ArrayList<>();
  private Page page;

  @BeforeEach
  void somebodyLooks() {
    page = browser.person("reader");
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server.url() + "/")
              && !request.url().matches("(data|blob):.*")) {
            foreign.add(request.url());
          }
        });
  }

  /** A foreign address that the policy stops is an error of the console. */
  @AfterEach
  void nothingCameFromElsewhereAndNothingWasForbidden() {
    browser.assertNoErrors();
    assertEquals(List.of(), foreign);
  }

  private Person signedIn(String name) {
    Person person = server.person(name);
    page.request()
        .post(
            server.url() + "/api/v1/session",
            RequestOptions.create().setData(Map.of("login", name, "password", person.password())));
    return person;
  }

  private static void isShown(Locator part) {
    PlaywrightAssertions.assertThat(part)
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
  }

  @Test
  void operationIsTriedAsWhoIsSignedIn() {
    signedIn("ann");
    page.navigate(server.url() + "/docs#/rooms/createRoom");
    PlaywrightAssertions.assertThat(page.locator("#session")).hasText("Signed in as ann");
    Locator form = page.locator("#operations-rooms-createRoom");
    form.locator("textarea").fill("{\"kind\":\"group\",\"name\":\"Tried\"}");
    form.locator(".execute").click();
    isShown(form.locator(".live-responses-table .response-col_status:has-text('201')"));
  }

  @Test
  void everyOperationIsThereToRead() {
    page.navigate(server.url() + "/redoc");
    isShown(page.locator("[id='tag/auth/operation/register']:has-text('Make an account')"));
  }

  @Test
  void pathOfTheApiShowsItsAnswerAndHowToTryIt() {
    Person ann = signedIn("bea");
    String room = ann.room("group");
    ann.say(room, "<img src=x onerror=alert(1)>");
    page.navigate(server.url() + "/api/v1/chat/rooms/" + room + "/messages?limit=1");
    PlaywrightAssertions.assertThat(page.locator("#answered")).containsText("200");
    assertTrue(page.locator("#answer").textContent().contains("<img src=x onerror=alert(1)>"));
    assertEquals(room, page.locator("[data-param-name=roomId] input").inputValue());
    assertEquals("1", page.locator("[data-param-name=limit] input").inputValue());
    page.locator(".execute").click();
    isShown(page.locator(".live-responses-table .response-col_status:has-text('200')"));
  }
}

package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.Axe;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Making an account by a link, and what administrators tell everybody, through the page. */
class InvitedBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer();

  private static String announce(Person admin, String severity, String text) {
    JsonObject wish = new JsonObject().put("text", text).put("severity", severity);
    Person.Answer made = admin.post("/admin/announcements", wish);
    assertEquals(201, made.status(), made.body()::encode);
    return made.body().getJsonObject("item").getString("id");
  }

  @Test
  void accountIsMadeByALinkWhereThatIsTheOnlyWay() {
    Person admin = server.person("the.admin");
    admin.patch("/admin/registration", new JsonObject().put("mode", "invite"));
    String url =
        admin.post("/admin/registration/invites", new JsonObject()).body().getString("url");
    Page page = browser.person("bob");
    Visitor bob = Visitor.stranger(page, server);
    assertThat(bob.the("no-registration")).hasText("New accounts are made by invitation.");
    assertThat(bob.the("switch-mode")).hasCount(0);

    page.navigate("about:blank");
    page.navigate(url);
    assertThat(bob.the("auth-form")).containsText("You are invited.");
    assertFalse(page.url().contains(url.substring(url.lastIndexOf('/') + 1)), "it is not shown");
    page.reload();
    bob.the("username").fill("bob");
    bob.the("password").fill(Visitor.passwordOf("bob"));
    bob.the("submit").click();
    bob.isOnline();
    browser.assertNoErrors();

    Page late = browser.person("late");
    late.navigate(url);
    assertThat(late.getByTestId("auth-form")).containsText("not good any more");
    assertThat(late.getByTestId("no-registration")).isVisible();
    List<String> others =
        browser.errors().stream().filter(error -> !error.contains("/auth/invites/")).toList();
    assertEquals(List.of(), others);
  }

  @Test
  void announcementIsThereAtOnceAndUntilItIsPutAwayOrEnds() {
    Person admin = server.person("the.admin");
    Person ann = server.person("ann");
    ann.room("group");
    Visitor visitor = Visitor.signedIn(browser.person("ann"), server, ann);
    visitor.open("Room of ann");
    String moving =
        announce(admin, "warning", "Tonight from 22:00 this server moves. <b>Save</b>.");
    announce(admin, "info", "Welcome to the new search!");
    assertThat(visitor.the("announcement")).hasCount(2);
    assertThat(visitor.the("announcement").last()).containsText("moves. <b>Save</b>.");
    Axe.check(visitor.page());
    visitor.say("still room to write");
    visitor.page().screenshot(shot("announcements-light"));
    visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    visitor.page().screenshot(shot("announcements-dark"));
    visitor.page().setViewportSize(360, 640);
    visitor.page().screenshot(shot("announcements-phone"));

    visitor.the("dismiss-announcement").first().click();
    assertThat(visitor.the("announcement")).hasCount(1);
    visitor.page().reload();
    assertThat(visitor.the("announcement")).hasCount(1);
    assertThat(visitor.the("announcement")).containsText("this server moves");
    JsonObject end = new JsonObject().put("action", "end").put("ids", new JsonArray().add(moving));
    assertEquals(200, admin.post("/admin/announcements/actions", end).status());
    assertThat(visitor.the("announcement")).hasCount(0);
    browser.assertNoErrors();
  }

  private static Page.ScreenshotOptions shot(String name) {
    return new Page.ScreenshotOptions().setPath(java.nio.file.Path.of("target", name + ".png"));
  }
}

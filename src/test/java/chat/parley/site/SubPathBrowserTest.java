package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.http.HttpDoor;
import chat.parley.testing.Await;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Pictures;
import chat.parley.testing.SubPath;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole product below a path of a host that serves other things as well. */
class SubPathBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @RegisterExtension
  final TestServer server = new TestServer(false, Duration.ofMinutes(15)).hung(this::below);

  @RegisterExtension final SubPath proxy = new SubPath("/apps/chat", () -> server.port());

  private HttpDoor.Options below(HttpDoor.Options plain) {
    return new HttpDoor.Options(
        plain.host(),
        plain.port(),
        plain.loops(),
        proxy.url(),
        plain.corsOrigins(),
        plain.trustedProxies(),
        plain.limitsOn(),
        plain.bodyDeadline());
  }

  @Test
  void twoPeopleNeverLeaveThePath() {
    Visitor ann = Visitor.stranger(browser.person("ann"), proxy.url() + "/");
    Visitor bob = Visitor.stranger(browser.person("bob"), proxy.url() + "/");
    ann.register("ann", "Ann Lee");
    bob.register("bob", "Bob Ray");
    ann.writeTo("Bob Ray");
    bob.open("Ann Lee");
    ann.say("Hello from below");
    bob.sees("Hello from below");
    bob.say("Below is here, too");
    ann.sees("Hello from below", "Below is here, too");

    ann.the("file-input")
        .setInputFiles(new FilePayload("boat.png", "image/png", Pictures.halves("png", 90, 60)));
    ann.the("composer").press("Enter");
    isDrawn(bob.the("picture").locator("img"));
    ann.page().reload();
    ann.isOnline();
    isDrawn(ann.the("picture").locator("img"));
    Cookie cookie = ann.page().context().cookies().get(0);
    assertEquals("/apps/chat", cookie.path);

    picturesOfPeopleAreShown(ann, bob);
    linksLeadBelowThePath(ann);
    pagesOfTheApiKnowWhereItIs(ann);
    panelIsThere(ann);
    assertEquals(List.of(), proxy.strays());
    browser.assertNoErrors();
  }

  private static void isDrawn(Locator picture) {
    assertThat(picture).isVisible();
    Await.until("drawn", () -> (int) picture.evaluate("img => img.naturalWidth") > 0);
  }

  private static void picturesOfPeopleAreShown(Visitor ann, Visitor bob) {
    ann.settings("profile");
    ann.the("avatar-file")
        .setInputFiles(new FilePayload("me.png", "image/png", Pictures.halves("png", 80, 80)));
    ann.the("crop-save").click();
    isDrawn(bob.room("Ann Lee").locator(".avatar img"));
    ann.the("leave-settings").click();
  }

  private void linksLeadBelowThePath(Visitor ann) {
    ann.make("group", "Crew");
    ann.ofRoom("open-invites");
    ann.the("make-invite").click();
    assertThat(ann.the("invite-url")).containsText(proxy.url() + "/#/join/");
    ann.page().keyboard().press("Escape");
  }

  private void pagesOfTheApiKnowWhereItIs(Visitor ann) {
    ann.page().navigate(proxy.url() + "/docs");
    assertThat(ann.page().locator("#session")).hasText("Signed in as Ann Lee");
    assertTrue(
        ann.page()
            .context()
            .request()
            .get(proxy.url() + "/openapi.yaml")
            .text()
            .contains("- url: /apps/chat/api/v1\n"));
  }

  /** She was the first to register. */
  private void panelIsThere(Visitor ann) {
    ann.page().navigate(proxy.url() + "/admin/");
    assertThat(ann.the("figures")).isVisible();
    assertEquals(proxy.url() + "/admin", ann.page().url().replaceFirst("#.*", ""));
  }
}

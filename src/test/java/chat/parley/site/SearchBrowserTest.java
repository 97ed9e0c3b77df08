package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Axe;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever looks for something finds it by keys alone, and is led to where it was said. */
class SearchBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer().shared();

  @Test
  void s66_peopleRoomsAndMessagesAreFoundByKeysAndLeadToTheirPlace() {
    Person annsPhone = server.person("ann", "Ann Lee");
    Person bob = server.person("bob", "Grünhild Ray");
    String room = annsPhone.room("group", bob);
    String other = annsPhone.room("direct", bob);
    bob.say(room, "Viele Grüße <img src=x onerror=alert(1)> aus dem GRÜNEN");
    for (int i = 0; i < 30; i++) {
      annsPhone.say(room, "line " + i + (i % 10 == 0 ? " 東京都庁" : ""));
    }
    annsPhone.say(other, "grüner wird es nicht");
    Visitor ann = Visitor.signedIn(browser.person("ann"), server, annsPhone);
    ann.open("Room of ann");

    ann.page().keyboard().press("Control+k");
    Locator box = ann.the("search-input");
    assertThat(box).isFocused();
    assertThat(ann.the("search-state")).containsText("Any part of a word");
    Axe.check(ann.page());
    box.pressSequentially("grün");
    assertThat(ann.the("found-person")).hasCount(1);
    assertThat(ann.the("found-room")).hasCount(1);
    assertThat(ann.the("found-message")).hasCount(2);
    assertThat(ann.the("found-message").last().locator("mark")).hasText("GRÜN");
    assertThat(ann.the("found-message").last()).containsText("<img src=x onerror=alert(1)>");
    Axe.check(ann.page());
    for (int i = 0; i < 4; i++) {
      box.press("ArrowDown");
    }
    assertThat(ann.the("found-message").last()).hasAttribute("aria-selected", "true");
    assertThat(box)
        .hasAttribute("aria-activedescendant", ann.the("found-message").last().getAttribute("id"));
    assertThat(box).isFocused();
    box.press("Enter");
    assertThat(ann.the("search-dialog")).hasCount(0);
    assertThat(ann.page().locator("[data-testid=message][data-seq='1']")).isVisible();

    ann.the("room-menu").click();
    ann.the("search-here").click();
    assertThat(box).hasValue("in:\"Room of ann\" ");
    box.pressSequentially("京都");
    assertThat(ann.the("found-message")).hasCount(3);
    box.fill("nothing like this");
    assertThat(ann.the("search-state")).containsText("Nothing found");
    box.fill("");
    ann.the("search-filter").first().click();
    assertThat(box).hasValue("from:@");
    assertThat(box).isFocused();
    box.pressSequentially("nobody");
    assertThat(ann.the("search-problem")).containsText("from: names nobody");
    box.fill("line");
    assertThat(ann.the("found-message")).hasCount(20);
    ann.the("search-more").click();
    assertThat(ann.the("found-message")).hasCount(30);
    ann.page().keyboard().press("Escape");
    assertThat(ann.the("search-dialog")).hasCount(0);

    // Whoever types at once loses nothing, also where the page is drawn late.
    ann.page().evaluate("() => { requestAnimationFrame = (run) => setTimeout(run, 300); }");
    ann.the("search").click();
    box.pressSequentially("bob");
    assertThat(box).hasValue("bob");
    assertThat(ann.the("found-person")).hasCount(1);
    box.press("Enter");
    assertThat(ann.the("room-title")).hasText("Grünhild Ray");
    // The refusal of a query is no error of the page, but the browser notes it.
    assertTrue(
        browser.errors().stream().allMatch(error -> error.contains("chat/search?q=from")),
        () -> browser.errors().toString());
  }
}

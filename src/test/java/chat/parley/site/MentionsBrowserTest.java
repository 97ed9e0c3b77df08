package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.testing.Await;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People are called by name: completed while one writes, counted, and found again in the inbox. */
class MentionsBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Visitor visit(Person person) {
    return Visitor.signedIn(browser.person(person.name()), server, person);
  }

  @Test
  void nameIsCompletedByKeysAndTheCallIsCountedAndFoundAgain() {
    Person annsPhone = server.person("ann", "Ann Lee");
    Person bobsPhone = server.person("bob", "Bob Ray");
    Person benno = server.person("benno", "Benno Fink");
    String room = annsPhone.room("group", bobsPhone, benno);
    annsPhone.room("direct", bobsPhone);
    Visitor ann = visit(annsPhone);
    Visitor bob = visit(bobsPhone);
    bob.open("Ann Lee");
    ann.open("Room of ann");
    Locator composer = ann.the("composer");
    Locator options = ann.the("mention-option");

    composer.pressSequentially("Could you come, @b");
    assertThat(options).hasCount(2);
    assertThat(composer).hasAttribute("role", "combobox");
    assertThat(composer).hasAttribute("aria-expanded", "true");
    assertThat(options.first()).hasAttribute("aria-selected", "true");
    composer.press("ArrowDown");
    assertThat(options.nth(1)).hasAttribute("aria-selected", "true");
    assertThat(composer).hasAttribute("aria-activedescendant", options.nth(1).getAttribute("id"));
    assertThat(composer).isFocused();
    composer.press("Enter");
    assertThat(composer).hasValue("Could you come, @bob ");
    assertThat(ann.the("mention-box")).hasCount(0);
    composer.press("Enter");
    assertThat(composer).hasValue("");

    Locator count = bob.room("Room of ann").getByTestId("mention-count");
    assertThat(count).hasText("@1");
    assertThat(bob.the("mentions")).hasAccessibleName("Mentions, 1 new");
    annsPhone.say(room, "@room and all the others, too");
    assertThat(count).hasText("@2");
    annsPhone.say(room, "Nobody in particular");
    bob.isTold("Room of ann", 3);
    assertThat(count).hasText("@2");

    bob.the("mentions").click();
    assertThat(bob.the("mention-item")).hasCount(2);
    assertThat(bob.the("mention-item").last()).containsText("Could you come, @bob");
    bob.the("mention-item").last().click();
    assertThat(bob.the("room-title")).hasText("Room of ann");
    assertThat(bob.page().locator("[data-testid=message][data-seq='1']")).isVisible();
    assertThat(count).hasCount(0);
    assertThat(bob.the("mentions")).hasAccessibleName("Mentions");
    browser.assertNoErrors();
  }

  @Test
  void escapeAndTabDoWhatOneExpectsAndOnlyModeratorsCallEverybody() {
    Person cemsPhone = server.person("cem");
    Person danaPhone = server.person("dana");
    cemsPhone.room("group", danaPhone);
    Visitor cem = visit(cemsPhone);
    Visitor dana = visit(danaPhone);
    cem.open("Room of cem");
    dana.open("Room of cem");
    cem.the("composer").pressSequentially("@ro");
    assertThat(cem.the("mention-option")).containsText("Everybody in this room");
    cem.the("composer").press("Escape");
    assertThat(cem.the("mention-box")).hasCount(0);
    assertThat(cem.the("composer")).hasValue("@ro");
    cem.the("composer").press("o");
    assertThat(cem.the("mention-box")).hasCount(0);
    cem.the("composer").fill("");
    cem.the("composer").pressSequentially("@da");
    cem.the("composer").press("Tab");
    assertThat(cem.the("composer")).hasValue("@dana ");
    cem.the("composer").fill("");
    cem.the("composer").pressSequentially("mail me@dana");
    assertThat(cem.the("mention-box")).hasCount(0);

    dana.the("composer").pressSequentially("@");
    assertThat(dana.the("mention-option")).hasCount(1);
    assertThat(dana.the("mention-option")).containsText("cem");
    dana.the("mention-option").click();
    assertThat(dana.the("composer")).hasValue("@cem ");
    assertThat(dana.the("composer")).isFocused();
    browser.assertNoErrors();
  }

  @Test
  void whatIsBegunIsThereAgainInItsRoom() {
    Person evasPhone = server.person("eva");
    Person finn = server.person("finn");
    evasPhone.room("group", finn);
    evasPhone.room("direct", finn);
    Visitor eva = visit(evasPhone);
    eva.open("Room of eva");
    eva.the("composer").fill("To be continued");
    eva.open("finn");
    assertThat(eva.the("composer")).hasValue("");
    assertThat(eva.room("Room of eva")).containsText("Draft: To be continued");
    Await.until(
        "the server keeps it, too",
        () -> evasPhone.get("/chat/drafts").body().encode().contains("To be continued"));
    Page page = eva.page();
    page.evaluate("localStorage.clear()");
    page.reload();
    eva.isOnline();
    assertThat(eva.room("Room of eva")).containsText("Draft: To be continued");
    eva.open("Room of eva");
    assertThat(eva.the("composer")).hasValue("To be continued");
    eva.the("composer").press("Enter");
    eva.seesLast("To be continued");
    eva.open("finn");
    assertThat(eva.room("Room of eva")).not().containsText(Pattern.compile("Draft"));
    Await.until(
        "the server keeps nothing",
        () -> evasPhone.get("/chat/drafts").body().getJsonArray("items").isEmpty());
    browser.assertNoErrors();
  }
}

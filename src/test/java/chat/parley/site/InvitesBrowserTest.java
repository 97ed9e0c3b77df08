package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Coming in by a link, and being kept out, through the page. */
class InvitesBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Visitor visit(Person person) {
    return Visitor.signedIn(browser.person(person.name()), server, person);
  }

  /** Makes a link in the page; what follows the host. */
  private static String link(Visitor visitor) {
    visitor.ofRoom("open-invites");
    visitor.the("make-invite").click();
    assertThat(visitor.the("made-invite")).isVisible();
    String url = visitor.the("invite-url").textContent();
    Assertions.assertTrue(url.matches("https?://.+/#/join/[\\w-]{22,}"), url);
    return url.substring(url.indexOf("#/join/"));
  }

  private static void follow(Visitor visitor, String link) {
    visitor.page().evaluate("link => { location.hash = link; }", link);
  }

  /** The server's refusals are meant, and Chromium writes each of them to the console. */
  private static void assertNoErrorsBut(String meant) {
    List<String> errors =
        browser.errors().stream().filter(error -> !error.contains(meant)).toList();
    Assertions.assertEquals(List.of(), errors);
  }

  @Test
  void strangerRegistersAndComesInByTheLink() {
    Person annsPhone = server.person("ann");
    annsPhone.room("group");
    Visitor ann = visit(annsPhone);
    ann.open("Room of ann");
    String link = link(ann);
    ann.page().keyboard().press("Escape");

    Page page = browser.person("bob");
    page.navigate(server.url() + "/" + link);
    assertThat(page.getByTestId("auth-form")).containsText("You are invited");
    Assertions.assertFalse(page.url().contains(link.substring(8)), "the secret is not shown");
    Visitor bob = Visitor.at(page, server.url());
    bob.the("switch-mode").click();
    bob.the("username").fill("bob");
    bob.the("password").fill(Visitor.passwordOf("bob"));
    bob.the("submit").click();
    assertThat(bob.the("join-room")).hasText("Room of ann");
    assertThat(bob.the("join-page")).containsText("1 person is there");
    bob.the("accept-invite").click();
    assertThat(bob.the("room-title")).hasText("Room of ann");
    assertThat(ann.the("line").last()).containsText("bob joined");

    follow(bob, link);
    assertThat(bob.the("accept-invite")).hasText("Open");
    bob.the("accept-invite").click();
    assertThat(bob.the("room-title")).hasText("Room of ann");

    ann.ofRoom("open-invites");
    assertThat(ann.the("invite")).containsText("Used once");
    ann.the("revoke-invite").click();
    assertThat(ann.the("invite")).hasCount(0);
    browser.assertNoErrors();
    Visitor cem = visit(server.person("cem"));
    follow(cem, link);
    assertThat(cem.the("invitation-dead")).isVisible();
    cem.the("leave-join").click();
    assertThat(cem.the("new-room")).isVisible();
    assertNoErrorsBut("/chat/invites/");
  }

  @Test
  void bannedPersonStaysOutUntilTheBanIsLifted() {
    Person danaPhone = server.person("dana");
    Person evasPhone = server.person("eva");
    danaPhone.room("group", evasPhone);
    Visitor dana = visit(danaPhone);
    Visitor eva = visit(evasPhone);
    dana.open("Room of dana");
    eva.open("Room of dana");
    String link = link(dana);
    dana.page().keyboard().press("Escape");
    dana.the("members").click();
    dana.ofMember("eva", "ban-member");
    dana.the("confirm").click();
    assertThat(dana.the("member")).hasCount(1);
    assertThat(dana.the("line").last()).containsText("You banned eva");
    assertThat(eva.room("Room of dana")).hasCount(0);
    follow(eva, link);
    assertThat(eva.the("invitation-dead")).isVisible();

    dana.the("bans").locator("summary").click();
    assertThat(dana.the("banned")).containsText("eva");
    dana.the("unban").click();
    assertThat(dana.the("banned")).hasCount(0);
    eva.page().reload();
    eva.the("accept-invite").click();
    assertThat(eva.the("room-title")).hasText("Room of dana");
    assertThat(dana.the("member")).hasCount(2);
    assertNoErrorsBut("/chat/invites/");
  }

  @Test
  void blockedPersonCannotWriteAndTheBlockIsLiftedInTheSettings() {
    Person finnsPhone = server.person("finn");
    Person gusPhone = server.person("gus");
    finnsPhone.room("direct", gusPhone);
    Visitor finn = visit(finnsPhone);
    Visitor gus = visit(gusPhone);
    finn.open("gus");
    gus.open("finn");
    Visitor tab = finn.newTab();
    tab.open("gus");
    finn.ofRoom("block-person");
    finn.the("confirm").click();
    for (Visitor each : List.of(finn, tab)) {
      assertThat(each.the("read-only")).containsText("You have blocked this person.");
    }
    gus.say("Hello?");
    assertThat(gus.message("Hello?")).hasAttribute("data-state", "failed");

    finn.settings("privacy");
    assertThat(finn.the("blocked")).containsText("gus");
    // Not check(): what is chosen stands there once the server has it.
    finn.the("direct-shared").click();
    assertThat(finn.the("direct-shared")).isChecked();
    assertThat(finn.the("direct-shared")).isEnabled();
    finn.the("unblock").click();
    assertThat(finn.the("blocked")).hasCount(0);
    assertThat(tab.the("composer")).isVisible();
    gus.the("retry").click();
    tab.seesLast("Hello?");

    Visitor hana = visit(server.person("hana"));
    hana.the("new-room").click();
    hana.the("people-search").fill("finn");
    hana.the("person").click();
    assertThat(hana.the("new-room-dialog")).containsText("people they share a room with");
    assertNoErrorsBut("403");
  }
}

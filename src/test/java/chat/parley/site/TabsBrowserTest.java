package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tabs of one browser are one person with one session and one outbox. */
class TabsBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private Person annsPhone;
  private Person bob;
  private String room;
  private Visitor first;

  @BeforeEach
  void annLooksAtTheRoomSheSharesWithBob() {
    annsPhone = server.person("ann");
    bob = server.person("bob");
    room = bob.room("group", annsPhone);
    first = Visitor.signedIn(browser.person("ann"), server, annsPhone);
    first.open("Room of bob");
  }

  private Visitor secondTab() {
    Visitor second = first.newTab();
    second.open("Room of bob");
    return second;
  }

  @Test
  void messageOfAClosedTabIsSentOnceByTheOther() {
    Visitor second = secondTab();
    server.stop();
    first.isConnected("connecting");
    first.say("from the first tab");
    second.waitsFor("from the first tab");
    first.page().close();
    server.start();
    second.sees("from the first tab");
    bob.say(room, "got it");
    second.sees("from the first tab", "got it");
    assertEquals(List.of("from the first tab", "got it"), bob.history(room));
  }

  @Test
  void bothTabsSendOneOutboxInOrderAndOnce() {
    Visitor second = secondTab();
    server.stop();
    first.isConnected("connecting");
    second.isConnected("connecting");
    first.say("one");
    second.waitsFor("one");
    second.say("two");
    first.waitsFor("one", "two");
    first.say("three");
    second.waitsFor("one", "two", "three");
    server.start();
    first.sees("one", "two", "three");
    second.sees("one", "two", "three");
    assertEquals(List.of("one", "two", "three"), bob.history(room));
  }

  @Test
  void readingInOneTabIsReadingInBoth() {
    Visitor second = first.newTab();
    first.page().navigate(server.url() + "/#/");
    bob.say(room, "news");
    first.isTold("Room of bob", 1);
    second.isTold("Room of bob", 1);
    second.open("Room of bob");
    assertThat(second.the("unread")).hasCount(0);
    assertThat(first.the("unread")).hasCount(0);
  }

  @Test
  void signingOutInOneTabSignsOutTheOther() {
    Visitor second = secondTab();
    first.signOut();
    second.isSignedOut();
    assertThat(second.page().locator("body")).not().containsText("Room of bob");

    second.signIn("ann");
    first.isOnline();
    browser.assertNoErrors();
  }

  @Test
  void outboxWaitsForItsAuthorAndNobodyElseSendsIt() {
    server.stop();
    first.isConnected("connecting");
    first.say("only Ann says this");
    first.waitsFor("only Ann says this");
    first.page().context().clearCookies();
    server.start();
    first.isSignedOut();

    first.signIn("bob");
    first.open("Room of bob");
    first.say("this is Bob");
    first.sees("this is Bob");
    first.signOut();
    assertEquals(List.of("this is Bob"), bob.history(room));

    first.signIn("ann");
    first.open("Room of bob");
    first.sees("this is Bob", "only Ann says this");
    assertEquals(List.of("this is Bob", "only Ann says this"), bob.history(room));
    assertThat(first.the("message-sender")).hasText(new String[] {"bob", "ann"});
  }

  @Test
  void signingInAgainInOneTabKeepsTheOthers() {
    Visitor second = secondTab();
    Visitor.signedIn(first.newPage(), server, annsPhone);
    bob.say(room, "still there?");
    first.seesLast("still there?");
    second.seesLast("still there?");
    first.say("yes");
    second.seesLast("yes");
    assertEquals(2, annsPhone.get("/auth/sessions").body().getJsonArray("items").size());
  }

  @Test
  void disabledAccountIsSignedOutInAllTabs() {
    Visitor bobs = Visitor.signedIn(browser.person("bob"), server, bob);
    Visitor second = bobs.newTab();
    JsonObject disabled = new JsonObject().put("disabled", true);
    assertEquals(200, annsPhone.call("PATCH", "/admin/users/" + bob.id(), disabled).status());
    bobs.isSignedOut();
    second.isSignedOut();
  }
}

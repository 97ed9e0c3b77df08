package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann and Bob, each in a browser of their own, talk through the page and the whole server. */
class TwoPeopleBrowserTest {
  private static final Pattern NOTHING = Pattern.compile("^$");

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private Visitor visit(Person person) {
    return Visitor.signedIn(browser.person(person.name()), server, person);
  }

  @Test
  void strangersRegisterFindEachOtherAndTalk() {
    Visitor ann = Visitor.stranger(browser.person("ann"), server);
    Visitor bob = Visitor.stranger(browser.person("bob"), server);
    ann.register("ann", "Ann Lee");
    bob.register("bob", "Bob Ray");

    ann.writeTo("Bob Ray");
    bob.open("Ann Lee");
    ann.say("Hello Bob, are you there?");
    bob.sees("Hello Bob, are you there?");
    bob.say("Hello Ann, here I am.");
    ann.seesLast("Hello Ann, here I am.");
    ann.say("Good.\nThen let us begin.");
    for (Visitor each : new Visitor[] {ann, bob}) {
      each.sees("Hello Bob, are you there?", "Hello Ann, here I am.", "Good. Then let us begin.");
      assertThat(each.the("message-sender"))
          .hasText(new String[] {"Ann Lee", "Bob Ray", "Ann Lee"});
      assertTimesAreOfNow(each);
    }
    browser.assertNoErrors();
  }

  private static void assertTimesAreOfNow(Visitor visitor) {
    for (Locator time : visitor.the("message-time").all()) {
      assertThat(time).hasText(Pattern.compile("^\\d\\d:\\d\\d$"));
      Duration age = Duration.between(Instant.parse(time.getAttribute("datetime")), Instant.now());
      assertTrue(age.abs().compareTo(Duration.ofMinutes(1)) < 0, age::toString);
    }
  }

  @Test
  void groupIsMadeOfPeopleWhoWereFound() {
    Visitor ann = visit(server.person("ann"));
    Visitor bob = visit(server.person("bob"));
    Person cem = server.person("cem");
    ann.make("group", "Harbour trip", "bob", "cem");
    bob.open("Harbour trip");
    cem.say(ann.roomId(), "I bring the bread");
    bob.say("I bring the cheese");
    ann.sees("I bring the bread", "I bring the cheese");
    ann.the("members").click();
    assertThat(ann.the("member")).hasCount(3);

    ann.ofMember("bob", "remove-member");
    ann.the("confirm").click();
    assertThat(bob.room("Harbour trip")).hasCount(0);
    assertThat(bob.the("timeline")).hasCount(0);
    assertThat(ann.the("member")).hasCount(2);
    browser.assertNoErrors();
  }

  @Test
  void publicRoomIsFoundJoinedAndLeft() {
    Visitor ann = visit(server.person("ann"));
    Visitor bob = visit(server.person("bob"));
    ann.make("public", "Gardening");
    ann.say("Welcome, all");
    bob.join("Gardening");
    bob.sees("Welcome, all");
    bob.say("The tomatoes are late this year");
    ann.sees("Welcome, all", "The tomatoes are late this year");
    assertThat(ann.the("presence")).hasText("2 members · 2 online");

    bob.ofRoom("leave");
    bob.the("confirm").click();
    assertThat(bob.room("Gardening")).hasCount(0);
    assertThat(ann.the("presence")).hasText("1 member · 1 online");
    browser.assertNoErrors();
  }

  @Test
  void unreadRisesForARoomThatIsNotOpenAndVanishesOnReading() {
    Person annsPhone = server.person("ann");
    Person cem = server.person("cem");
    Person bobsPhone = server.person("bob");
    String withBob = annsPhone.room("direct", bobsPhone);
    annsPhone.room("direct", cem);
    Visitor ann = visit(annsPhone);
    ann.open("cem");
    Locator unread = ann.room("bob").getByTestId("unread");
    for (int count = 1; count <= 3; count++) {
      bobsPhone.say(withBob, "news " + count);
      assertThat(unread).hasText(Integer.toString(count));
    }
    assertThat(ann.page()).hasTitle(Pattern.compile("3"));
    ann.open("bob");
    ann.sees("news 1", "news 2", "news 3");
    assertThat(unread).hasCount(0);
    Await.until(
        "the server knows, too",
        () ->
            annsPhone.get("/chat/rooms/" + withBob).body().getJsonObject("me").getInteger("readSeq")
                == 3);
    ann.page().reload();
    ann.isOnline();
    assertThat(unread).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void typingShowsUntilTheMessageComes() {
    Person annsPhone = server.person("ann");
    Person bobsPhone = server.person("bob");
    annsPhone.room("direct", bobsPhone);
    Visitor ann = visit(annsPhone);
    Visitor bob = visit(bobsPhone);
    ann.open("bob");
    bob.open("ann");
    assertThat(ann.the("presence")).hasText("Online");
    bob.the("composer").pressSequentially("Well");
    assertThat(ann.the("typing")).hasText("bob is typing…");
    assertThat(bob.the("typing")).hasText(NOTHING);
    bob.the("composer").press("Enter");
    ann.sees("Well");
    assertThat(ann.the("typing")).hasText(NOTHING);
    browser.assertNoErrors();
  }

  @Test
  void presenceShowsWhoIsHere() {
    Person annsPhone = server.person("ann");
    Person bobsPhone = server.person("bob");
    annsPhone.room("direct", bobsPhone);
    Visitor ann = visit(annsPhone);
    ann.open("bob");
    assertThat(ann.the("presence")).hasText("@bob");
    Visitor bob = visit(bobsPhone);
    assertThat(ann.the("presence")).hasText("Online");
    bob.page().close();
    assertThat(ann.the("presence")).hasText("@bob");
    browser.assertNoErrors();
  }

  @Test
  void historyIsThereAfterSigningOutAndInAgain() {
    Person annsPhone = server.person("ann");
    Person bobsPhone = server.person("bob");
    String room = annsPhone.room("direct", bobsPhone);
    Visitor ann = visit(annsPhone);
    ann.open("bob");
    ann.say("one");
    ann.sees("one");
    bobsPhone.say(room, "two");
    ann.sees("one", "two");
    ann.signOut();
    assertThat(ann.page().locator("body")).not().containsText("two");
    bobsPhone.say(room, "three, while you were away");

    ann.signIn("ann");
    ann.open("bob");
    ann.sees("one", "two", "three, while you were away");
    assertThat(ann.the("message-sender")).hasText(new String[] {"ann", "bob", "bob"});
    ann.page().reload();
    ann.isOnline();
    ann.sees("one", "two", "three, while you were away");
    browser.assertNoErrors();
  }

  @Test
  void markupAndScriptStayText() {
    String evilName = "<img src=x onerror=hacked=1> & <b>Bob</b>";
    Person annsPhone = server.person("ann");
    Person bobsPhone = server.person("bob", evilName);
    annsPhone.room("direct", bobsPhone);
    Visitor ann = visit(annsPhone);
    Visitor bob = visit(bobsPhone);
    ann.open(evilName);
    bob.open("ann");
    String[] evil = {
      "<img src=x onerror=\"window.hacked = true\">",
      "<script>window.hacked = true</script>",
      "javascript:window.hacked=true",
      "[click](javascript:window.hacked=true)",
      "<a href=\"javascript:window.hacked=true\">click</a>",
      "${window.hacked = true} {{7*7}} &lt;b&gt; \\ \" ' `",
      "https://example.org/?a=\"onmouseover=\"window.hacked=true",
      "RTL \u202e evil \u202c and 👩‍👩‍👧 and נֹ"
    };
    for (String text : evil) {
      ann.say(text);
    }
    bob.sees(evil);
    bob.say("And who am I?");
    assertThat(ann.the("message-sender").last()).hasText(evilName);
    for (Visitor each : new Visitor[] {ann, bob}) {
      assertThat(each.page().locator("#app :is(b, script, [onerror])")).hasCount(0);
      Locator links = each.the("message-text").locator("a");
      assertThat(links).hasCount(1);
      assertThat(links).hasAttribute("href", "https://example.org/?a=");
      links.hover();
      assertEquals(false, each.page().evaluate("'hacked' in window"));
    }
    browser.assertNoErrors();
  }

  @Test
  void phoneShowsTheListOrTheConversation() {
    Person bobsPhone = server.person("bob");
    Visitor ann = Visitor.stranger(browser.person("ann", BrowserExtension.phone()), server);
    ann.register("ann", "");
    assertFits(ann);
    ann.writeTo("bob");
    assertThat(ann.the("room-list")).not().isVisible();
    ann.the("composer").fill("On my way with a long-word-" + "x".repeat(200));
    ann.the("send").tap();
    assertThat(ann.the("message")).hasAttribute("data-seq", "1");
    bobsPhone.say(ann.roomId(), "Take your time");
    assertThat(ann.the("message")).hasCount(2);
    assertFits(ann);
    ann.the("back").tap();
    assertThat(ann.the("room-list")).isVisible();
    assertThat(ann.the("composer")).not().isVisible();
    assertThat(ann.room("bob")).containsText("Take your time");
    assertFits(ann);
    browser.assertNoErrors();
  }

  private static void assertFits(Visitor visitor) {
    assertEquals(390, visitor.page().evaluate("document.documentElement.scrollWidth"));
  }

  @Test
  void darkIsDarkAndLightIsLight() {
    Person annsPhone = server.person("ann");
    annsPhone.say(annsPhone.room("group"), "good night");
    Visitor ann =
        Visitor.signedIn(
            browser.person("ann", BrowserExtension.desktop().setColorScheme(ColorScheme.DARK)),
            server,
            annsPhone);
    ann.open("Room of ann");
    ann.sees("good night");
    double paper = brightness(ann, "backgroundColor", "body");
    double ink = brightness(ann, "color", "[data-testid=message-text]");
    assertTrue(paper < 60 && ink > 180, "paper " + paper + ", ink " + ink);
    ann.page()
        .emulateMedia(
            new com.microsoft.playwright.Page.EmulateMediaOptions()
                .setColorScheme(ColorScheme.LIGHT));
    assertTrue(brightness(ann, "backgroundColor", "body") > 200);
    browser.assertNoErrors();
  }

  /** The mean of red, green and blue, 0 to 255. */
  private static double brightness(Visitor visitor, String property, String selector) {
    Object mean =
        visitor
            .page()
            .evaluate(
                """
                ([property, selector]) => {
                  const color = getComputedStyle(document.querySelector(selector))[property];
                  const [red, green, blue] = color.match(/[\\d.]+/g).map(Number);
                  return (red + green + blue) / 3 + 0.001;
                }""",
                new String[] {property, selector});
    return (Double) mean;
  }
}

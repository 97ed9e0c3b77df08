package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.model.Preview;
import chat.parley.testing.Await;
import chat.parley.testing.Axe;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann and Bob work with each other's messages, each in a browser of their own. */
class MessagesBrowserTest {
  @RegisterExtension static final TestServer SERVER = new TestServer().shared();

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  private static Person ann;
  private static Person bob;

  private String title;
  private String room;

  @BeforeAll
  static void start() {
    ann = SERVER.person("ann", "Ann Lee");
    bob = SERVER.person("bob", "Bob Ray");
  }

  @BeforeEach
  void makeRoom() {
    title = "Room " + System.nanoTime();
    JsonObject wish =
        new JsonObject().put("kind", "group").put("name", title).put("members", List.of(bob.id()));
    room = ann.post("/chat/rooms", wish).body().getString("id");
  }

  private Visitor visit(Person person) {
    Visitor visitor = Visitor.signedIn(browser.person(person.name()), SERVER, person);
    visitor.open(title);
    return visitor;
  }

  private static Locator menu(Visitor visitor, String text) {
    visitor.message(text).first().hover();
    visitor.message(text).first().getByTestId("more").click();
    return visitor.the("message-menu");
  }

  private static void pick(Visitor visitor, String text, String deed) {
    menu(visitor, text).getByTestId(deed).click();
  }

  private long post(Person person, JsonObject message) {
    return person
        .post("/chat/rooms/" + room + "/messages", message)
        .body()
        .getJsonObject("message")
        .getLong("seq");
  }

  @Test
  void wordsLookAsTheyWereMeantAndAreNeverMarkup() {
    Visitor reader = visit(bob);
    ann.say(
        room,
        "**bold** and `code` and [words](https://example.org/x)\n- one\n- two\n```js\nlet a = 1;\n```"
            + "\n<b onclick=alert(1)>no</b> [no](javascript:alert(1))");
    Locator text = reader.the("message-text");
    assertThat(text.locator("strong")).hasText("bold");
    assertThat(text.locator("li")).hasText(new String[] {"one", "two"});
    assertThat(text.locator("pre .code-keyword")).hasText("let");
    assertThat(text.locator("a")).hasCount(1);
    assertThat(text.locator("a")).hasAttribute("rel", Pattern.compile("noopener noreferrer.*"));
    assertThat(text).containsText("<b onclick=alert(1)>no</b> [no](javascript:alert(1))");
    assertThat(text.locator("b")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void messageIsReportedToTheAdministrators() {
    long seq = ann.say(room, "Cheap watches, only today").getLong("seq");
    Visitor author = visit(ann);
    Visitor reader = visit(bob);
    assertThat(menu(author, "Cheap watches, only today").getByTestId("do-report")).hasCount(0);
    pick(reader, "Cheap watches, only today", "do-report");
    assertThat(reader.the("report-dialog")).containsText("Cheap watches, only today");
    reader.the("send-report").click();
    assertThat(reader.the("report-dialog")).containsText("Please choose a reason");
    assertThat(reader.the("report-reason")).isFocused();
    reader.the("report-reason").selectOption("spam");
    reader.the("report-note").fill("Every day");
    Axe.check(reader.page());
    reader.the("send-report").click();
    assertThat(reader.the("report-dialog")).hasCount(0);
    reader.reads("Thank you. The administrators will look at it.");
    assertEquals(
        "spam Every day",
        SERVER.query(
            "select reason || ' ' || note from reports where seq = %d and room_id = '%s'"
                .formatted(seq, room)));
    browser.assertNoErrors();
  }

  /** S66: what a page says of itself is text, and nothing of it is asked for by the browser. */
  @Test
  void s66_cardOfALinkIsTextAndItsAuthorTakesItAway() {
    long seq = ann.say(room, "[here](https://site.example/a) it is").getLong("seq");
    Visitor author = visit(ann);
    Visitor reader = visit(bob);
    List<String> foreign = new ArrayList<>();
    reader.page().onRequest(request -> noteForeign(request.url(), foreign));
    String script = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    SERVER.preview(
        room,
        seq,
        new Preview("https://site.example/a", script + " title", "more " + script, script, null));
    Locator card = reader.the("preview");
    assertThat(card).containsText(script + " title");
    assertThat(card).containsText("more " + script);
    assertThat(card).containsText("site.example");
    assertThat(card.locator("img, script")).hasCount(0);
    assertThat(reader.the("preview-title")).hasAttribute("href", "https://site.example/a");
    assertThat(reader.the("preview-title"))
        .hasAttribute("rel", Pattern.compile("noopener noreferrer.*"));
    assertThat(reader.the("remove-preview")).hasCount(0);

    author.page().locator("[data-seq='" + seq + "']").focus();
    author.page().keyboard().press("Tab");
    author.page().keyboard().press("Tab");
    assertThat(author.the("preview-title")).isFocused();
    author.page().keyboard().press("Tab");
    assertThat(author.the("remove-preview")).isFocused();
    author.page().keyboard().press("Enter");
    assertThat(reader.the("preview")).hasCount(0);
    assertThat(author.the("preview")).hasCount(0);
    assertThat(author.page().locator("[data-seq='" + seq + "']")).isFocused();
    assertEquals(List.of(), foreign);
    browser.assertNoErrors();
  }

  private static void noteForeign(String url, List<String> foreign) {
    if (!url.startsWith(SERVER.url())) {
      foreign.add(url);
    }
  }

  @Test
  void replyQuotesWhatItAnswersAndLeadsThere() {
    for (int i = 1; i <= 120; i++) {
      bob.say(room, i == 2 ? "Who *brings* the bread?" : "message " + i);
    }
    post(bob, new JsonObject().put("text", "well?").put("replyTo", 2));
    Visitor reader = visit(ann);
    Locator quote = reader.message("well?").getByTestId("quote");
    assertThat(quote).hasText("In reply to Bob Ray: Who brings the bread?");

    quote.click();
    assertThat(reader.message("message 3")).isVisible();
    assertThat(reader.page().locator("[data-seq='2']")).isFocused();
    bob.say(room, "meanwhile");
    assertThat(reader.the("new-messages")).hasText("1 new message");
    reader.the("new-messages").click();
    reader.seesLast("meanwhile");

    pick(reader, "meanwhile", "do-reply");
    assertThat(reader.the("answering")).containsText("meanwhile");
    reader.say("I do");
    assertThat(reader.the("answering")).hasCount(0);
    assertThat(reader.message("I do").getByTestId("quote")).containsText("meanwhile");
    browser.assertNoErrors();
  }

  @Test
  void threadIsReadAndWrittenBesideTheRoom() {
    ann.say(room, "Where do we meet?");
    Visitor here = visit(ann);
    Visitor there = visit(bob);
    pick(there, "Where do we meet?", "do-thread");
    there.the("thread-composer").fill("At the harbour");
    there.the("thread-composer").press("Enter");
    assertThat(here.the("open-thread")).hasText("1 reply");
    here.message("At the harbour").getByTestId("in-thread").click();
    assertThat(here.the("thread").getByTestId("message-text"))
        .hasText(new String[] {"Where do we meet?", "At the harbour"});
    here.the("thread-composer").fill("See you there");
    here.the("thread-composer").press("Enter");
    assertThat(there.the("thread").getByTestId("message-text").last()).hasText("See you there");
    here.the("close-thread").click();
    assertThat(here.the("open-thread")).hasText("2 replies");
    here.sees("Where do we meet?", "At the harbour", "See you there");
    browser.assertNoErrors();
  }

  @Test
  void messageIsForwardedAndShowsWhoseWordsItHas() {
    ann.say(room, "The ferry leaves at eight");
    bob.post("/chat/rooms", new JsonObject().put("kind", "group").put("name", "Elsewhere " + room));
    Visitor reader = visit(bob);
    pick(reader, "The ferry leaves at eight", "do-forward");
    reader.the("forward-filter").fill("elsewhere " + room);
    reader.the("forward-target").click();
    reader.reads("Forwarded to Elsewhere");
    reader.open("Elsewhere " + room);
    assertThat(reader.the("forwarded")).containsText("Forwarded from Ann Lee");
    reader.the("origin").click();
    assertThat(reader.the("room-title")).hasText(title);
    assertThat(reader.page().locator("[data-seq='1']")).isFocused();
    browser.assertNoErrors();
  }

  @Test
  void ownMessageIsChangedAndItsEarlierWordsAreKept() {
    Visitor writer = visit(ann);
    Visitor reader = visit(bob);
    writer.say("Teh first");
    reader.seesLast("Teh first");
    writer.the("composer").press("ArrowUp");
    writer.the("edit-text").fill("The first");
    writer.the("edit-text").press("Enter");
    for (Visitor each : List.of(writer, reader)) {
      each.sees("The first");
      assertThat(each.the("edited")).hasText("edited");
    }
    assertThat(writer.the("composer")).isFocused();
    assertThat(menu(reader, "The first").getByTestId("do-edit")).hasCount(0);
    assertThat(reader.the("do-earlier")).hasCount(0);
    reader.page().keyboard().press("Escape");
    writer.the("edited").click();
    assertThat(writer.the("earlier-version")).containsText(new String[] {"Teh first"});
    browser.assertNoErrors();
  }

  @Test
  void deletedMessageLeavesNothingButThatItWas() {
    post(ann, new JsonObject().put("text", "a secret"));
    post(bob, new JsonObject().put("text", "really?").put("replyTo", 1));
    Visitor writer = visit(ann);
    Visitor reader = visit(bob);
    assertThat(reader.the("quote")).containsText("a secret");
    pick(writer, "a secret", "do-delete");
    writer.the("cancel").click();
    pick(writer, "a secret", "do-delete");
    writer.the("confirm").click();
    for (Visitor each : List.of(writer, reader)) {
      each.sees("Message deleted", "really?");
      assertThat(each.the("quote")).containsText("Message deleted");
      assertThat(each.page().locator("body")).not().containsText("a secret");
    }
    browser.assertNoErrors();
  }

  @Test
  void pinnedMessagesAreAtHandForEverybody() {
    ann.say(room, "The address is Quay 4");
    Visitor here = visit(ann);
    Visitor there = visit(bob);
    there.the("pins").click();
    // Its line moves the message up, away from under a pointer that is just pressing.
    assertThat(here.the("seen-by")).containsText("Seen by");
    pick(here, "The address is Quay 4", "do-pin");
    assertThat(there.the("pin")).containsText("The address is Quay 4");
    there.the("pin").click();
    assertThat(there.page().locator("[data-seq='1']")).isFocused();
    assertThat(menu(there, "The address is Quay 4").getByTestId("do-pin")).hasCount(0);
    pick(here, "The address is Quay 4", "do-pin");
    assertThat(there.the("pin")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void reactionsAreCountedAndTakenBack() {
    ann.say(room, "We have a boat");
    Visitor here = visit(ann);
    Visitor there = visit(bob);
    menu(there, "We have a boat").getByTestId("quick-🎉").click();
    Locator chip = here.the("reaction");
    assertThat(chip).hasAttribute("aria-label", "🎉 1: Bob Ray");
    assertThat(chip).hasAttribute("aria-pressed", "false");
    chip.click();
    assertThat(chip).hasAttribute("aria-label", "🎉 2: you and Bob Ray");
    assertThat(there.the("reaction")).hasAttribute("aria-pressed", "true");
    assertThat(there.the("reaction")).hasText("🎉2");

    here.message("We have a boat").getByTestId("add-reaction").click();
    here.the("emoji-search").fill("sailing boat");
    assertThat(here.the("emoji-⛵")).hasCount(0);
    here.the("emoji-search").fill("boat");
    here.the("emoji-search").press("Enter");
    assertThat(there.the("reaction")).hasCount(2);
    pick(here, "We have a boat", "do-who");
    assertThat(here.the("who-reacted-list").locator("li")).hasCount(2);
    here.page().keyboard().press("Escape");
    there.the("reaction").first().click();
    here.the("reaction").first().click();
    assertThat(here.the("reaction")).hasCount(1);
    browser.assertNoErrors();
  }

  @Test
  void linkLeadsToAMessageFarBackAndReadingOnLeadsToTheNewest() {
    BusSocket socket = bob.socket();
    List<Future<JsonObject>> sends = new ArrayList<>();
    for (int i = 1; i <= 300; i++) {
      sends.add(socket.say(room, "message " + i));
      if (i % 100 == 0) {
        sends.forEach(Await::get);
      }
    }
    Visitor reader = visit(ann);
    reader.page().navigate(SERVER.url() + "/#/room/" + room + "/20");
    assertThat(reader.message("message 20")).isFocused();
    assertThat(reader.message("message 300")).hasCount(0);
    assertThat(reader.page()).hasURL(SERVER.url() + "/#/room/" + room);
    Keyboard keys = reader.page().keyboard();
    keys.press("ArrowDown");
    assertThat(reader.message("message 21")).isFocused();
    Await.until(
        "the newest message is reached",
        () -> {
          keys.press("End");
          return reader.message("message 300").count() == 1;
        });
    assertThat(reader.message("message 300")).isVisible();

    reader.page().navigate(SERVER.url() + "/#/room/" + room + "/999");
    reader.reads("That message is not here for you.");
    browser.assertNoErrors();
  }

  @Test
  void everythingIsDoneByKeyboard() {
    for (int i = 1; i <= 3; i++) {
      ann.say(room, "message " + i);
    }
    Visitor writer = visit(ann);
    Keyboard keys = writer.page().keyboard();
    writer.the("composer").focus();
    keys.press("Shift+Tab");
    assertThat(writer.message("message 3").getByTestId("more")).hasCount(1);
    writer.message("message 3").focus();
    keys.press("ArrowUp");
    assertThat(writer.message("message 2")).isFocused();
    assertThat(writer.message("message 2"))
        .hasAccessibleName(Pattern.compile("Ann Lee, \\d\\d:\\d\\d: message 2"));
    keys.press("Enter");
    assertThat(writer.the("message-menu")).isVisible();
    keys.press("Escape");
    assertThat(writer.message("message 2")).isFocused();
    keys.press("ContextMenu");
    for (int i = 0; i < 20 && !focused(writer).equals("do-reply"); i++) {
      keys.press("ArrowDown");
    }
    keys.press("Enter");
    assertThat(writer.the("composer")).isFocused();
    assertThat(writer.the("answering")).containsText("message 2");
    keys.press("Escape");
    assertThat(writer.the("answering")).hasCount(0);
    browser.assertNoErrors();
  }

  private static String focused(Visitor visitor) {
    return (String) visitor.page().evaluate("document.activeElement.dataset.testid ?? ''");
  }

  @Test
  void messageIsSentLaterAndChangedOnAnotherDevice() {
    Visitor here = visit(ann);
    Visitor there =
        Visitor.signedIn(browser.person("phone", BrowserExtension.phone()), SERVER, ann);
    assertThat(here.the("send-later")).isDisabled();
    here.the("composer").fill("Good morning");
    here.the("send-later").focus();
    here.page().keyboard().press("Enter");
    assertThat(here.the("later-hour")).isFocused();
    here.the("later-tomorrow").click();
    here.reads("Will be sent tomorrow at 09:00");
    assertThat(here.the("composer")).hasValue("");
    there.the("scheduled").click();
    assertThat(there.the("scheduled-item")).containsText("tomorrow at 09:00to " + title);

    here.the("composer").fill("Before that");
    here.the("send-later").click();
    here.the("later-pick").click();
    assertThat(here.the("scheduled-at")).isFocused();
    here.the("scheduled-at").fill("2020-01-01T09:00");
    here.the("scheduled-save").click();
    here.isCorrected("scheduled-at", "This time has passed.");
    here.the("scheduled-at")
        .fill(LocalDateTime.now(ZoneOffset.UTC).plusHours(2).toString().substring(0, 16));
    here.the("scheduled-save").click();
    assertThat(there.the("scheduled-item")).hasCount(2);
    assertThat(there.the("scheduled-item").first()).containsText("Before that");

    here.the("scheduled-here").click();
    there.the("scheduled-edit").last().tap();
    there.the("scheduled-text").fill("Good evening");
    there.the("scheduled-save").tap();
    assertThat(here.the("scheduled-item").last()).containsText("Good evening");
    here.the("scheduled-send").last().click();
    here.sees("Good evening");
    assertThat(there.the("scheduled-item")).hasCount(1);
    there.the("scheduled-cancel").tap();
    there.the("confirm").tap();
    assertThat(there.the("scheduled-item")).hasCount(0);
    assertThat(here.the("scheduled-here")).hasCount(0);
    assertEquals(0, ann.get("/chat/scheduled").body().getJsonArray("items").size());
    browser.assertNoErrors();
  }

  @Test
  void phoneShowsTheMenuOnALongPressAndTheThreadOnTheWholePage() {
    ann.say(room, "press me");
    Visitor reader = Visitor.signedIn(browser.person("bob", BrowserExtension.phone()), SERVER, bob);
    reader.open(title);
    reader
        .message("press me")
        .dispatchEvent(
            "pointerdown",
            java.util.Map.of("pointerType", "touch", "clientX", 100, "clientY", 300));
    reader.the("message-menu").getByTestId("do-thread").tap();
    assertThat(reader.the("thread")).isVisible();
    assertEquals(0.0, reader.the("thread").boundingBox().y);
    assertEquals(390.0, reader.the("thread").boundingBox().width);
    reader.the("close-thread").tap();
    assertThat(reader.the("composer")).isVisible();
    browser.assertNoErrors();
  }
}

package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Axe;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** D8: people send pictures, files and their voice, and the others see and hear them. */
class MediaBrowserTest {
  private static final String UPLOADS = "**/api/v1/media";
  private static final FilePayload NOTES =
      new FilePayload(
          "Notes für Ann.txt", "text/plain", "milk, bread".getBytes(StandardCharsets.UTF_8));

  private static final String DRAG =
      """
      () => {
        const carried = new DataTransfer();
        carried.items.add(new File(['a,b'], 'table.csv', { type: 'text/csv' }));
        return carried;
      }""";

  private static final String DRAG_OF_26_MIB =
      """
      () => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(26 << 20)], 'film.mp4'));
        return carried;
      }""";

  private static final String PASTE =
      """
      async (area) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 30, height: 20 });
        canvas.getContext('2d').fillRect(5, 5, 10, 10);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }));
        area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }""";

  private static final String DENIED =
      """
      () => {
        navigator.mediaDevices.getUserMedia =
            () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      }""";

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer SERVER = new TestServer().shared();

  private static Person ann;
  private static Person bob;

  private String title;

  @BeforeEach
  void twoPeopleAndARoom() {
    ann = ann == null ? SERVER.person("ann", "Ann Lee") : ann;
    bob = bob == null ? SERVER.person("bob", "Bob Ray") : bob;
    title = "Room " + System.nanoTime();
    JsonObject wish =
        new JsonObject().put("kind", "group").put("name", title).put("members", List.of(bob.id()));
    ann.post("/chat/rooms", wish);
  }

  private Visitor visit(Person person) {
    Visitor visitor = Visitor.signedIn(browser.person(person.name()), SERVER, person);
    visitor.open(title);
    return visitor;
  }

  private static FilePayload photo(String name, int width, int height) {
    return new FilePayload(name, "image/png", Pictures.halves("png", width, height));
  }

  private static void pick(Visitor visitor, FilePayload... files) {
    visitor.the("file-input").setInputFiles(files);
  }

  private static Locator uploads(Visitor visitor, String state) {
    return visitor.the("upload").and(visitor.page().locator("[data-state=" + state + "]"));
  }

  private static void isDrawn(Locator picture) {
    assertThat(picture).isVisible();
    Await.until("drawn", () -> (int) picture.evaluate("img => img.naturalWidth") > 0);
  }

  @Test
  void d8_whatIsPickedDroppedAndPastedStandsInTheRoomOfBoth() {
    Visitor here = visit(ann);
    Visitor there = visit(bob);
    pick(here, photo("boat.png", 900, 600), NOTES);
    JSHandle carried = here.page().evaluateHandle(DRAG);
    Locator timeline = here.the("timeline");
    timeline.dispatchEvent("dragover", Map.of("dataTransfer", carried));
    assertThat(here.the("drop-zone")).isVisible();
    timeline.dispatchEvent("drop", Map.of("dataTransfer", carried));
    assertThat(here.the("drop-zone")).hasCount(0);
    here.the("composer").evaluate(PASTE);
    assertThat(uploads(here, "done")).hasCount(4);
    Axe.check(here.page());
    here.say("Look at *this*");

    assertThat(there.the("picture")).hasCount(2);
    isDrawn(there.the("picture").first().locator("img"));
    assertThat(there.the("picture").first()).hasAccessibleName("Photo: boat.png");
    assertThat(there.the("file")).hasCount(2);
    assertThat(there.the("file").first()).containsText("Notes für Ann.txt11 bytes");
    assertThat(there.room(title)).containsText("Ann Lee: 4 files: Look at *this*");
    assertThat(here.the("upload")).hasCount(0);
    assertEquals(
        "Notes für Ann.txt",
        there
            .page()
            .waitForDownload(() -> there.the("download").first().click())
            .suggestedFilename());
    Axe.check(there.page());

    here.waitsForNothing();
    there.page().reload();
    assertThat(there.the("picture")).hasCount(2);
    here.the("message").focus();
    here.page().keyboard().press("Enter");
    here.the("do-delete").click();
    here.the("confirm").click();
    assertThat(there.the("message")).containsText("Message deleted");
    assertThat(there.the("attachments")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void d8_messageOfFilesAloneIsCalledByThemInRepliesAndTheList() {
    Visitor here = visit(ann);
    Visitor there = visit(bob);
    pick(here, photo("boat.png", 900, 600));
    here.the("composer").press("Enter");
    isDrawn(there.the("picture").locator("img"));
    assertThat(there.the("message-text")).hasCount(0);
    assertThat(there.room(title)).containsText("Ann Lee: Photo");
    assertThat(there.the("message"))
        .hasAccessibleName(Pattern.compile("Ann Lee, \\d\\d:\\d\\d: Photo"));
    there.the("message").hover();
    there.the("reply").click();
    assertThat(there.the("answering")).containsText("Photo");
    there.say("What a boat");
    assertThat(here.the("quote")).containsText("Photo");
    assertEquals(420.0, here.the("picture").boundingBox().width);
    browser.assertNoErrors();
  }

  @Test
  void d8_failedUploadIsTriedAgain_aCancelledOneIsGone_andWhatAReloadCutIsTold() {
    Visitor here = visit(ann);
    here.page().route(UPLOADS, route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
    pick(here, photo("boat.png", 90, 60));
    assertThat(here.the("upload-says")).containsText("Something went wrong on the server");
    here.the("composer").fill("Words wait as well");
    assertThat(here.the("send")).isDisabled();
    Axe.check(here.page());
    here.page().unroute(UPLOADS);
    here.page().route(UPLOADS, route -> {});
    here.the("upload-retry").click();
    here.the("composer").press("Enter");
    assertThat(here.the("tray-note")).hasText("Goes as soon as the files are there.");
    here.the("upload-remove").click();
    assertThat(here.the("upload")).hasCount(0);
    assertThat(here.the("composer")).hasValue("Words wait as well");

    pick(here, NOTES, photo("cut.png", 90, 60));
    assertThat(here.the("upload").locator("progress")).hasCount(2);
    here.page().reload();
    here.isOnline();
    here.page().unroute(UPLOADS);
    assertThat(uploads(here, "gone")).hasCount(2);
    assertThat(here.the("composer")).hasValue("Words wait as well");
    here.the("upload-remove").first().click();
    assertThat(here.the("upload")).hasCount(1);
    here.the("upload-remove").click();
    assertThat(here.the("upload")).hasCount(0);

    here.page().context().setOffline(true);
    pick(here, NOTES);
    assertThat(uploads(here, "retrying")).hasCount(1);
    here.the("composer").press("Enter");
    here.page().context().setOffline(false);
    assertThat(here.the("file")).hasCount(1);
    here.sees("Words wait as well");

    JSHandle film = here.page().evaluateHandle(DRAG_OF_26_MIB);
    here.the("timeline").dispatchEvent("drop", Map.of("dataTransfer", film));
    assertThat(here.the("upload-says")).hasText("Too large: at most 25 MB.");
    assertThat(here.the("upload-retry")).hasCount(0);
  }

  @Test
  void d8_viewerShowsEachPictureByKeysAndGivesTheFocusBack() {
    Visitor here = visit(ann);
    pick(
        here, photo("one.png", 2_000, 900), photo("two.png", 300, 800), photo("three.png", 64, 64));
    here.the("composer").press("Enter");
    isDrawn(here.the("picture").last().locator("img"));
    here.waitsForNothing();
    here.the("picture").nth(1).focus();
    Keyboard keys = here.page().keyboard();
    keys.press("Enter");
    Locator caption = here.the("viewer-caption");
    assertThat(caption).containsText(Pattern.compile("two.png.*2 of 3, Ann Lee", Pattern.DOTALL));
    isDrawn(here.the("viewer-picture"));
    Axe.check(here.page());
    keys.press("ArrowRight");
    assertThat(caption).containsText("3 of 3");
    keys.press("ArrowRight");
    keys.press("ArrowLeft");
    keys.press("ArrowLeft");
    assertThat(caption).containsText("one.png");
    Locator stage = here.the("viewer-stage");
    keys.press("+");
    assertThat(stage).hasAttribute("data-scale", "1.40");
    keys.press("ArrowRight");
    assertThat(caption).containsText("one.png");
    keys.press("0");
    assertThat(stage).hasAttribute("data-scale", "1.00");
    here.page().mouse().move(640, 400);
    here.page().mouse().wheel(0, -300);
    assertThat(stage).hasAttribute("data-scale", "2.72");
    assertEquals(
        "one.png",
        here.page()
            .waitForDownload(() -> here.the("viewer").getByTestId("download").click())
            .suggestedFilename());
    handsMoveThePicture(here.page(), stage);
    assertThat(caption).containsText("two.png");
    keys.press("Escape");
    assertThat(here.the("viewer")).hasCount(0);
    assertThat(here.the("picture").nth(1)).isFocused();
    browser.assertNoErrors();
  }

  /**
   * A drag moves a picture that is zoomed, two fingers zoom it, and a swipe goes on to the next.
   */
  private static void handsMoveThePicture(Page page, Locator stage) {
    double before = left(stage);
    drag(page, 640, 560);
    assertEquals(before - 80, left(stage), 0.5);
    page.keyboard().press("0");
    CDPSession fingers = page.context().newCDPSession(page);
    touch(fingers, "touchStart", 600, 680);
    touch(fingers, "touchMove", 560, 720);
    touch(fingers, "touchEnd");
    assertThat(stage).hasAttribute("data-scale", "2.00");
    page.keyboard().press("0");
    drag(page, 700, 500);
  }

  private static double left(Locator stage) {
    Object at =
        stage
            .locator(".viewer-picture")
            .evaluate("picture => new DOMMatrix(getComputedStyle(picture).transform).e");
    return ((Number) at).doubleValue();
  }

  private static void drag(Page page, int from, int to) {
    page.mouse().move(from, 400);
    page.mouse().down();
    page.mouse().move((from + to) / 2.0, 400);
    page.mouse().move(to, 400);
    page.mouse().up();
  }

  /** Playwright's own touch knows one finger. */
  private static void touch(CDPSession page, String type, int... places) {
    JsonArray points = new JsonArray();
    for (int i = 0; i < places.length; i++) {
      points.add(new JsonObject().put("x", places[i]).put("y", 400).put("id", i));
    }
    String event = new JsonObject().put("type", type).put("touchPoints", points).encode();
    page.send("Input.dispatchTouchEvent", JsonParser.parseString(event).getAsJsonObject());
  }

  @Test
  void d8_voiceIsRecordedAndHeard_andARefusedMicrophoneIsSaid() {
    Visitor here = visit(ann);
    Visitor there = visit(bob);
    here.the("record").click();
    assertThat(here.the("recorder")).hasAttribute("data-state", "recording");
    assertThat(here.the("record-time")).hasText("0:01");
    assertThat(here.the("record-send")).isFocused();
    Axe.check(here.page());
    here.page().keyboard().press("Enter");
    Locator play = there.the("voice-play");
    assertThat(there.the("voice-time")).hasText(Pattern.compile("0:0\\d"));
    assertThat(there.room(title)).containsText("Voice message");
    play.click();
    assertThat(play).hasAttribute("data-playing", "true");
    assertThat(play).hasAttribute("data-playing", "false");
    Axe.check(there.page());

    there.page().evaluate(DENIED);
    there.the("record").click();
    assertThat(there.the("record-problem")).containsText("The microphone may not be used.");
    there.page().keyboard().press("Escape");
    assertThat(there.the("recorder")).hasCount(0);
    assertTrue((boolean) there.the("composer").evaluate("area => area === document.activeElement"));
    browser.assertNoErrors();
  }
}

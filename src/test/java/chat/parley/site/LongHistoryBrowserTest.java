package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A long conversation: read back to its beginning, and found again where one was. */
class LongHistoryBrowserTest {
  private static final int MESSAGES = 400;

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private static void fill(Person person, String room) {
    BusSocket socket = person.socket();
    List<Future<JsonObject>> sends = new ArrayList<>();
    for (int i = 1; i <= MESSAGES; i++) {
      sends.add(socket.say(room, "message " + i));
      if (i % 100 == 0) {
        sends.forEach(Await::get);
      }
    }
  }

  @Test
  void historyIsReadBackToItsBeginningAndTheRoomIsThereAfterAReload() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    fill(ann, room);
    Visitor visitor = Visitor.signedIn(browser.person("ann"), server, ann);
    visitor.open("Room of ann");
    Page page = visitor.page();
    Locator messages = page.getByTestId("message");
    assertThat(messages.last()).containsText("message " + MESSAGES);

    Locator first = page.locator("[data-testid=message][data-seq='1']");
    Await.until(
        "the first message is reached",
        () -> {
          page.getByTestId("timeline").evaluate("timeline => { timeline.scrollTop = 0; }");
          return first.count() == 1;
        });
    assertThat(first).isVisible();
    assertTrue(messages.count() < MESSAGES, "the page holds a window of the history, not all");

    page.reload();
    assertThat(messages.last()).containsText("message " + MESSAGES);
    assertThat(page.getByTestId("room-title")).containsText("Room of ann");
    visitor.say("and on");
    visitor.seesLast("and on");
  }
}

package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.PlaywrightException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The server goes and comes back while people look at the page: nothing is lost, nothing doubled.
 */
class ReconnectBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private Person annsPhone;
  private Person bobsPhone;
  private Person cem;
  private String room;

  @BeforeEach
  void makeARoomOfThree() {
    annsPhone = server.person("ann");
    bobsPhone = server.person("bob");
    cem = server.person("cem");
    room = cem.room("group", annsPhone, bobsPhone);
  }

  private Visitor visit(Person person) {
    Visitor visitor = Visitor.signedIn(browser.person(person.name()), server, person);
    visitor.open("Room of cem");
    return visitor;
  }

  /** What the database holds, in its order. */
  private String[] history() {
    return cem.history(room).toArray(String[]::new);
  }

  @Test
  void restartLosesNothingOnEitherPage() {
    Visitor ann = visit(annsPhone);
    Visitor bob = visit(bobsPhone);
    for (int restart = 1; restart <= 2; restart++) {
      ann.say("before " + restart);
      bob.seesLast("before " + restart);
      server.stop();
      ann.isConnected("connecting");
      bob.isConnected("connecting");
      ann.say("ann, down " + restart);
      bob.say("bob, down " + restart);
      ann.say("ann again, down " + restart);
      ann.waitsFor("ann, down " + restart, "ann again, down " + restart);
      bob.waitsFor("bob, down " + restart);
      server.start();
      cem.say(room, "cem, back " + restart);
      ann.isOnline();
      bob.isOnline();
      ann.waitsForNothing();
      bob.waitsForNothing();
    }
    String[] history = history();
    assertEquals(
        Stream.of("before ", "ann, down ", "bob, down ", "ann again, down ", "cem, back ")
            .flatMap(text -> Stream.of(text + 1, text + 2))
            .sorted()
            .toList(),
        Stream.of(history).sorted().toList());
    assertOrder(history, "before 1", "ann, down 1", "ann again, down 1", "before 2");
    ann.sees(history);
    bob.sees(history);
  }

  private static void assertOrder(String[] history, String... texts) {
    List<String> expected = List.of(texts);
    assertEquals(expected, Stream.of(history).filter(expected::contains).toList());
  }

  @Test
  void messageWrittenWhileTheServerIsDownSurvivesAReloadAndIsSentOnce() {
    Visitor ann = visit(annsPhone);
    Visitor bob = visit(bobsPhone);
    server.stop();
    ann.isConnected("connecting");
    ann.say("do not lose me");
    ann.waitsFor("do not lose me");
    assertThrows(PlaywrightException.class, ann.page()::reload);
    // The browser's own page about it comes a little later and would interrupt the next one.
    ann.page().waitForURL("chrome-error://**");
    server.start();
    ann.page().navigate(server.url() + "/#/room/" + room);
    ann.sees("do not lose me");
    bob.sees("do not lose me");
    cem.say(room, "got it");
    ann.sees("do not lose me", "got it");
    assertEquals(List.of("do not lose me", "got it"), cem.history(room));
  }

  @Test
  void browserThatWasOfflineCatchesUp() {
    Visitor ann = visit(annsPhone);
    Visitor bob = visit(bobsPhone);
    ann.say("online");
    bob.sees("online");
    ann.page().context().setOffline(true);
    String[] missed = IntStream.range(0, 30).mapToObj(i -> "missed " + i).toArray(String[]::new);
    Stream.of(missed).forEach(text -> cem.say(room, text));
    ann.say("written offline");
    ann.waitsFor("written offline");
    assertThat(ann.the("message")).hasCount(2);
    ann.page().context().setOffline(false);
    ann.isOnline();
    ann.waitsForNothing();
    bob.seesLast("written offline");
    String[] history = history();
    assertEquals(32, history.length);
    assertOrder(history, missed);
    ann.sees(history);
    bob.sees(history);
  }

  @Test
  void roomsThatAreNotOpenCatchUpToo() {
    String other = bobsPhone.room("direct", annsPhone);
    Visitor ann = visit(annsPhone);
    server.stop();
    ann.isConnected("connecting");
    server.start();
    bobsPhone.say(other, "while you were away");
    String made = cem.room("group", annsPhone);
    cem.say(made, "a new room");
    ann.isOnline();
    ann.isTold("bob", 1);
    ann.open("bob");
    ann.sees("while you were away");
    assertThat(ann.the("room-item")).hasCount(3);
  }
}

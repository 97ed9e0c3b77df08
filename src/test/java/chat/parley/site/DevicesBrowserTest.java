package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann is signed in at two places, and ends one of them from the other. */
class DevicesBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private Visitor at(String place, Person ann) {
    return Visitor.signedIn(browser.person(place), server, ann);
  }

  private static Locator elsewhere(Visitor visitor) {
    return visitor.the("session").and(visitor.page().locator("[data-current=false]"));
  }

  @Test
  void endedDeviceLandsOnTheSignInPageByItself() {
    Person ann = server.person("ann");
    ann.post("/auth/logout", null);
    Visitor work = at("work", ann);
    Visitor home = at("home", ann);
    home.settings("security");
    assertThat(home.the("session")).hasCount(2);
    assertThat(home.the("session").first()).containsText("This device");

    elsewhere(home).getByTestId("end-session").click();
    assertThat(elsewhere(home)).hasCount(0);
    work.isSignedOut();
    assertThat(work.the("auth-form")).containsText("Your session has ended");
    home.the("leave-settings").click();
    home.isOnline();
    browser.assertNoErrors();
  }

  @Test
  void programsStandInTheList_andAllOthersEndAtOnce() {
    Person ann = server.person("ann");
    Visitor work = at("work", ann);
    Visitor home = at("home", ann);
    home.settings("security");
    assertThat(home.the("session")).hasCount(3);
    assertThat(home.the("sessions-group")).containsText("Program");

    home.the("end-others").click();
    home.the("confirm").click();
    home.reads("All other devices are signed out.");
    assertThat(home.the("session")).hasCount(1);
    assertThat(home.the("end-others")).hasCount(0);
    work.isSignedOut();
    browser.assertNoErrors();
  }
}

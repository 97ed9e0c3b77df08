package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.Axe;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ada runs the server, through its panel. */
class AdminBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Person ada;

  private final List<String> foreign = new ArrayList<>();

  @BeforeAll
  static void peopleAreThere() {
    ada = server.person("ada", "Ada");
  }

  private Visitor panel(String where) {
    return Visitor.inPanel(watched(browser.person("ada")), server, ada, where);
  }

  /** Nothing comes from elsewhere, and no script runs that is not ours. */
  private Page watched(Page page) {
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server.url() + "/")
              && !request.url().matches("(data|blob):.*")) {
            foreign.add(request.url());
          }
        });
    page.onDialog(dialog -> foreign.add("dialog " + dialog.message()));
    return page;
  }

  /** The server's refusals are meant, and Chromium writes each of them to the console. */
  private void assertNothingBroke() {
    assertEquals(List.of(), foreign);
    assertEquals(
        List.of(),
        browser.errors().stream()
            .filter(error -> !error.contains("Failed to load resource"))
            .toList());
  }

  @Test
  void dashboardShowsChartsWithTheirFigures_connectionsAndSettings() {
    Person dora = server.person("dora", "Dora");
    dora.say(dora.room("group"), "Counted");
    dora.socket();
    Visitor admin = panel("");
    assertThat(admin.the("figures")).containsText("People");
    assertThat(admin.the("chart")).hasCount(6);
    assertThat(admin.the("chart").first().locator("svg")).hasAttribute("role", "img");
    admin.the("chart-table").first().locator("summary").click();
    assertThat(admin.the("chart-table").first().locator("tbody tr").first()).isVisible();
    Axe.check(admin.page());

    admin.the("nav-connections").click();
    Locator hers = admin.the("connection").filter(new Locator.FilterOptions().setHasText("Dora"));
    assertThat(hers).hasCount(1);
    Axe.check(admin.page());
    hers.getByTestId("kick").click();
    admin.the("confirm").click();
    admin.reads("A connection of Dora is closed.");
    assertThat(hers).hasCount(0);

    admin.the("nav-settings").click();
    assertThat(admin.the("setting").first()).isVisible();
    Axe.check(admin.page());
    assertNothingBroke();
  }

  @Test
  void othersSeeNothing() {
    Page strangers = browser.person("stranger");
    Response refused = strangers.navigate(server.url() + "/admin");
    assertEquals(401, refused.status());
    assertFalse(refused.text().contains("admin.js"));
    Person fred = server.person("fred", "Fred");
    Visitor user = Visitor.signedIn(browser.person("fred"), server, fred);
    assertThat(user.the("administration")).hasCount(0);
    assertEquals(404, user.page().navigate(server.url() + "/admin").status());
    assertEquals(404, user.page().navigate(server.url() + "/admin/js/admin.js").status());
  }

  @Test
  void whoSignsOutLeavesThePanel() {
    Visitor admin = panel("#/settings");
    assertThat(admin.the("setting").first()).isVisible();
    admin.the("logout").click();
    admin.isSignedOut();
    assertEquals(401, admin.page().navigate(server.url() + "/admin").status());
    assertNothingBroke();
  }
}

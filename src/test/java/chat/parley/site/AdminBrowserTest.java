package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Axe;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ada runs the server, through its panel. */
class AdminBrowserTest {
  private static final String EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>";

  /** More than a page of people. */
  private static final String GUESTS =
      """
      insert into users (id, username, username_key, display_name, display_key, role)
      select ('0190a2b4-0000-7abc-8def-' || lpad(n::text, 12, '0'))::uuid, 'guest' || lpad(n::text, 3, '0'),
        'guest' || lpad(n::text, 3, '0'), 'Guest ' || n, 'guest ' || n, 'user'
      from generate_series(1, 110) n""";

  private static final String AN_HOUR_AGO =
      "update sessions set confirmed_at = now() - interval '1 hour'";

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Person ada;

  private final List<String> foreign = new ArrayList<>();

  @BeforeAll
  static void peopleAreThere() {
    ada = server.person("ada", "Ada");
    server.sql(GUESTS);
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

  private static Locator row(Visitor visitor, String name) {
    return visitor.the("row").filter(new Locator.FilterOptions().setHasText(name));
  }

  private static void confirms(Visitor visitor) {
    visitor.the("row-submit").click();
    assertThat(visitor.the("row-dialog")).hasCount(0);
  }

  @Test
  void c1_adminSearchesOrdersFiltersAndPages() {
    Visitor admin = Visitor.signedIn(watched(browser.person("ada")), server, ada);
    admin.the("administration").click();
    admin.the("nav-users").click();
    assertThat(admin.the("row")).hasCount(50);
    admin.the("page-next").click();
    assertThat(admin.the("page-before")).isEnabled();
    assertThat(admin.the("row")).hasCount(50);
    admin.the("page-before").click();
    assertThat(admin.the("page-first")).isDisabled();

    admin.the("sort-username").click();
    assertThat(admin.the("row").first()).containsText("ada");
    assertThat(admin.page().locator("th[aria-sort=ascending]"))
        .hasText(Pattern.compile("User name.*"));
    admin.page().keyboard().press("/");
    assertThat(admin.the("search")).isFocused();
    admin.the("search").fill("guest01");
    assertThat(admin.the("row")).hasCount(10);
    assertTrue(admin.page().url().contains("q=guest01"), admin.page().url());
    admin.the("search").fill("nobody at all");
    admin.the("show-all").click();
    assertThat(admin.the("row")).hasCount(50);

    admin.the("add-filter").click();
    admin.the("filter-name").selectOption("role");
    admin.the("filter-value").selectOption("admin");
    admin.the("apply-filter").click();
    assertThat(admin.the("row")).hasCount(1);
    Axe.check(admin.page());
    admin.the("open-row").click();
    assertThat(admin.the("row-name")).hasText("ada");
    assertThat(admin.the("row-name")).isFocused();
    Axe.check(admin.page());
    admin.page().goBack();
    assertThat(admin.the("filter-chip")).containsText("admin");
    admin.page().reload();
    assertThat(admin.the("row")).hasCount(1);
    admin.the("remove-filter").click();
    assertThat(admin.the("row")).hasCount(50);
    assertNothingBroke();
  }

  @Test
  void e15_adminChangesSomebodyAfterProvingWhoTheyAre_andTheAuditLogShowsIt() {
    Person bert = server.person("bert", "Bert");
    Visitor admin = panel("#/users/" + bert.id());
    server.sql(AN_HOUR_AGO);
    admin.the("edit").click();
    admin.the("field-displayName").fill("");
    admin.the("row-submit").click();
    assertThat(admin.the("field-displayName-error")).isVisible();
    admin.the("field-displayName").fill("Bert the Second");
    admin.the("row-submit").click();
    admin.confirmsIdentity("ada");
    assertThat(admin.the("value-displayName")).containsText("Bert the Second");
    assertThat(admin.the("row-dialog")).hasCount(0);

    admin.the("act-disable").click();
    Axe.check(admin.page());
    confirms(admin);
    assertThat(admin.the("value-disabled")).containsText("Yes");
    assertEquals(401, bert.get("/auth/me").status());

    admin.the("nav-audit-log").click();
    row(admin, "update")
        .filter(new Locator.FilterOptions().setHasText("display_name"))
        .first()
        .getByTestId("open-row")
        .click();
    Locator line =
        admin.the("diff-line").filter(new Locator.FilterOptions().setHasText("display_name"));
    assertThat(line.locator(".before")).hasText("Bert");
    assertThat(line.locator(".after")).hasText("Bert the Second");
    Axe.check(admin.page());
    assertNothingBroke();
  }

  /** A person is named, and not by an id. */
  @Test
  void c1_whatBelongsToSomebodyIsFoundByTheirName() {
    Visitor admin = panel("#/users?q=ada");
    admin.the("open-row").click();
    admin.the("related-sessions-user").click();
    assertThat(admin.the("filter-chip")).hasText(Pattern.compile("User: ada.*"));
    assertThat(admin.the("row").first()).containsText("ada");
    admin.the("add-filter").click();
    assertThat(admin.the("filter-name")).isFocused();
    admin.the("filter-name").selectOption("user");
    admin.the("filter-value").fill("guest003");
    assertThat(admin.the("filter-found").locator("option")).hasCount(1);
    admin.the("filter-value").press("Enter");
    assertThat(admin.the("filter-chip")).hasText(Pattern.compile("User: guest003.*"));
    assertThat(admin.the("list-empty")).isVisible();
    assertNothingBroke();
  }

  @Test
  void a15_everyModelOpensWithItsRows() {
    Person greta = server.person("greta", "Greta");
    greta.say(greta.room("public"), "Hello");
    Visitor admin = panel("");
    assertThat(admin.the("nav-audit-log")).isVisible();
    Locator shown =
        admin
            .page()
            .locator("main")
            .locator("table, [data-testid=list-empty], [data-testid=figures], [data-testid=links]");
    for (Locator link : admin.the("nav").locator("a").all()) {
      String title = link.textContent();
      link.click();
      assertThat(admin.page().locator("main h2").first()).hasText(title);
      assertThat(shown.first()).isVisible();
      assertThat(admin.page().locator("main [role=alert]")).hasCount(0);
    }
    admin.the("nav-messages").click();
    admin.the("row").first().getByTestId("open-row").click();
    assertThat(admin.the("all-fields")).isVisible();
    assertNothingBroke();
  }

  @Test
  void c1_severalRowsAreChangedAtOnce_andWhatFailsIsTold() {
    Visitor admin = panel("#/users?q=guest09");
    assertThat(admin.the("row")).hasCount(10);
    row(admin, "guest091").getByTestId("choose").check();
    row(admin, "guest092").getByTestId("choose").check();
    assertThat(admin.the("bulk")).containsText("2 rows chosen");
    admin.the("bulk-disable").click();
    confirms(admin);
    admin.reads("Disable: 2 rows.");
    assertThat(row(admin, "guest092").locator("[data-column=disabled]")).hasText("Yes");
    assertThat(row(admin, "guest093").locator("[data-column=disabled]")).hasText("No");

    admin.the("search").fill("ada");
    assertThat(admin.the("row")).hasCount(1);
    admin.the("choose-all").check();
    admin.the("bulk-make-user").click();
    admin.the("row-submit").click();
    assertThat(admin.the("failed-row")).containsText("ada");
    assertNothingBroke();
  }

  @Test
  void c1_rowIsMadeAndDeleted() {
    Visitor admin = panel("#/users");
    admin.the("create").click();
    admin.the("field-username").fill("ada");
    admin.the("field-email").fill("carla@example.org");
    admin.the("row-submit").click();
    assertThat(admin.the("field-username-error")).isVisible();
    admin.the("field-username").fill("carla");
    confirms(admin);
    assertThat(admin.the("row-name")).hasText("carla");
    admin.the("act-delete").click();
    confirms(admin);
    assertThat(admin.the("rows")).isVisible();
    assertNothingBroke();
  }

  @Test
  void c1_listIsTakenAlongAsCsv() throws IOException {
    Visitor admin = panel("#/users?q=guest05");
    assertThat(admin.the("row")).hasCount(10);
    Download file = admin.page().waitForDownload(() -> admin.the("export").click());
    assertTrue(file.suggestedFilename().matches("parley-users-[0-9-]{10}\\.csv"));
    List<String> lines = Files.readAllLines(file.path());
    assertEquals(11, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("username"), lines.get(0));
    assertTrue(lines.stream().skip(1).allMatch(line -> line.contains("guest05")));
    assertNothingBroke();
  }

  @Test
  void reportIsReadInTheQueueAndItsMessageDeleted() {
    Person gus = server.person("gus", "Gus");
    Person hal = server.person("hal", "Hal");
    String room = gus.room("group", hal);
    gus.say(room, "Cheap <b>watches</b>");
    hal.post(
        "/chat/rooms/" + room + "/messages/1/report",
        new JsonObject().put("reason", "spam").put("note", "Every day"));
    Visitor admin = panel("#/open-reports");
    assertThat(admin.the("report")).containsText("hal reported a message of gus");
    assertThat(admin.the("report")).containsText("Every day");
    assertThat(admin.the("report-words")).hasText("Cheap <b>watches</b>");
    Axe.check(admin.page());
    admin.the("report-delete-message").click();
    confirms(admin);
    assertThat(admin.the("report")).hasCount(0);
    assertTrue(
        gus.get("/chat/rooms/" + room + "/messages/1").body().encode().contains("deletedAt"));

    admin.page().navigate(server.url() + "/admin#/filter-words");
    admin.the("create").click();
    admin.the("field-word").fill("watches");
    admin.the("field-action").selectOption("refuse");
    confirms(admin);
    assertEquals(
        400,
        gus.post("/chat/rooms/" + room + "/messages", new JsonObject().put("text", "Watches!"))
            .status());
    assertNothingBroke();
  }

  @Test
  void s66_namesAreTextWhereverTheyShow() {
    Person evil = server.person("evil", EVIL);
    evil.patch("/users/me", new io.vertx.core.json.JsonObject().put("statusText", "\"><b>x</b>"));
    Visitor admin = panel("#/users?q=evil");
    assertThat(admin.the("row")).containsText(EVIL);
    admin.the("open-row").click();
    assertThat(admin.the("value-displayName")).containsText(EVIL);
    admin.the("nav-audit-log").click();
    assertThat(admin.the("row").first()).isVisible();
    assertThat(admin.page().locator("main img, main script, main b b")).hasCount(0);
    assertNothingBroke();
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
    admin.page().keyboard().press("Tab");
    assertThat(admin.page().locator(".skip")).isFocused();
    admin.page().keyboard().press("Enter");
    assertThat(admin.page().locator("main")).isFocused();
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
  void onAPhoneTheMenuOpens_andEachRowIsACard() {
    Page page = watched(browser.person("ada", BrowserExtension.phone()));
    Visitor admin = Visitor.inPanel(page, server, ada, "#/users?q=guest02");
    assertThat(admin.the("row")).hasCount(10);
    assertThat(admin.the("nav")).isHidden();
    admin.the("nav-button").click();
    assertThat(admin.the("nav")).isVisible();
    page.keyboard().press("Escape");
    assertThat(admin.the("nav")).isHidden();
    admin.the("nav-button").click();
    admin.the("nav-chat-rooms").click();
    assertThat(admin.the("nav")).isHidden();
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertEquals(0, overflow);
    Axe.check(page);
    assertNothingBroke();
  }

  @Test
  void registrationIsByInvitation_andTheLinkIsShownOnce() {
    Page page = watched(browser.person("ada", BrowserExtension.phone()));
    Visitor admin = Visitor.inPanel(page, server, ada, "#/registration");
    assertThat(admin.the("mode")).hasText("Open");
    server.sql(AN_HOUR_AGO);
    admin.the("mode-invite").check();
    admin.the("change-mode").click();
    admin.confirmsIdentity("ada");
    assertThat(admin.the("mode")).hasText("By invitation");

    admin.the("link-note").fill(EVIL);
    admin.the("make-link").click();
    assertThat(admin.the("link-url")).containsText(server.url() + "/#/invite/");
    assertThat(admin.the("link")).containsText(EVIL);
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertEquals(0, overflow);
    Axe.check(page);
    page.reload();
    assertThat(admin.the("link")).hasCount(1);
    assertThat(admin.the("made-link")).hasCount(0);
    admin.the("end-link").click();
    admin.the("confirm").click();
    assertThat(admin.the("no-links")).isVisible();

    admin.the("mode-open").focus();
    page.keyboard().press("Space");
    assertThat(admin.the("change-mode")).isEnabled();
    page.keyboard().press("Enter");
    assertThat(admin.the("mode")).hasText("Open");
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
    int status = fred.get("/admin/models").status();
    assertTrue(status == 403 || status == 404, () -> "answered " + status);
  }

  @Test
  void whoSignsOutLeavesThePanel() {
    Visitor admin = panel("#/users");
    assertThat(admin.the("row").first()).isVisible();
    admin.the("logout").click();
    admin.isSignedOut();
    assertEquals(401, admin.page().navigate(server.url() + "/admin").status());
    assertNothingBroke();
  }
}

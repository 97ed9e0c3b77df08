package chat.parley.testing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;

/**
 * Somebody in front of Parley's page: what they do there and what they see, told by the page's test
 * ids. Whatever they expect to see may take a while to come.
 */
public final class Visitor {
  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  private final Page page;
  private final String site;

  private Visitor(Page page, String site) {
    this.page = page;
    this.site = site;
  }

  /** Comes to the page as a stranger. */
  public static Visitor stranger(Page page, TestServer server) {
    return stranger(page, server.url());
  }

  /** The same where the page comes from elsewhere. */
  public static Visitor stranger(Page page, String site) {
    Visitor visitor = new Visitor(page, site);
    page.navigate(site);
    return visitor;
  }

  /** Whoever stands before this page already. */
  public static Visitor at(Page page, String site) {
    return new Visitor(page, site);
  }

  /** Comes to the page with the account of {@code person}, already signed in. */
  public static Visitor signedIn(Page page, TestServer server, Person person) {
    signIn(page, server, person);
    Visitor visitor = stranger(page, server);
    visitor.isOnline();
    return visitor;
  }

  /** Comes to the admin panel, already signed in; {@code where} begins with a number sign. */
  public static Visitor inPanel(Page page, TestServer server, Person person, String where) {
    signIn(page, server, person);
    page.navigate(server.url() + "/admin" + where);
    return new Visitor(page, server.url());
  }

  private static void signIn(Page page, TestServer server, Person person) {
    page.context()
        .request()
        .post(server.url() + "/api/v1/session", RequestOptions.create().setData(login(person)));
  }

  private static Map<String, String> login(Person person) {
    return Map.of("login", person.name(), "password", passwordOf(person.name()));
  }

  /** What {@link #register} and {@link #signIn} type. */
  public static String passwordOf(String username) {
    return "correct horse of " + username;
  }

  /** The same person in another tab of the same browser. */
  public Visitor newTab() {
    Visitor tab = stranger(newPage(), site);
    tab.isOnline();
    return tab;
  }

  /**
   * An empty page of the same browser, in a window of its own: one in front of another in the same
   * window would let that draw once a second, and each click waits for two drawings.
   */
  public Page newPage() {
    return page.context()
        .waitForPage(() -> page.evaluate("open('about:blank', '_blank', 'popup,noopener')"));
  }

  public Page page() {
    return page;
  }

  /** What carries this test id. */
  public Locator the(String testId) {
    return page.getByTestId(testId);
  }

  /** The line of a room in the list, by the title shown there. */
  public Locator room(String title) {
    return the("room-item").filter(having(title));
  }

  /** The message with this text. */
  public Locator message(String text) {
    return the("message").filter(having(text));
  }

  private Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions()
        .setHas(page.getByText(text, new Page.GetByTextOptions().setExact(true)));
  }

  /** Registers through the form; the display name may be empty. */
  public void register(String username, String displayName) {
    the("switch-mode").click();
    the("username").fill(username);
    the("display-name").fill(displayName);
    the("password").fill(passwordOf(username));
    the("submit").click();
    isOnline();
  }

  /** Signs in through the form. */
  public void signIn(String username) {
    the("username").fill(username);
    the("password").fill(passwordOf(username));
    the("submit").click();
    isOnline();
  }

  /** The same with whatever they type. */
  public void signIn(String login, String password) {
    the("username").fill(login);
    the("password").fill(password);
    the("submit").click();
  }

  /** Opens a section of the settings: profile, security or account. */
  public void settings(String section) {
    if (the("settings-page").count() == 0) {
      the("settings").click();
    }
    the("section-" + section).click();
    assertThat(the("section-" + section)).hasAttribute("aria-current", "page");
  }

  /** Proves once more who they are, where that is asked for. */
  public void confirmsIdentity(String username) {
    the("confirm-password").fill(passwordOf(username));
    the("confirm-identity-submit").click();
    assertThat(the("confirm-identity")).hasCount(0);
  }

  /** A short notice says so. */
  public void reads(String notice) {
    assertThat(the("notice").filter(new Locator.FilterOptions().setHasText(notice))).isVisible();
  }

  /** This stands beside the field with this test id, and is read out with it. */
  public void isCorrected(String testId, String error) {
    assertThat(the(testId + "-error")).hasText(error);
    assertThat(the(testId)).hasAttribute("aria-invalid", "true");
    assertThat(the(testId)).hasAccessibleDescription(error);
  }

  public void signOut() {
    the("logout").click();
    isSignedOut();
  }

  /** Finds somebody and opens the conversation with them. */
  public void writeTo(String displayName) {
    the("new-room").click();
    find(displayName);
    assertThat(the("room-title")).hasText(displayName);
  }

  /** Makes a group or a public room of people that are found by their names. */
  public void make(String kind, String name, String... people) {
    the("new-room").click();
    the("kind-" + kind).click();
    the("room-name").fill(name);
    for (String person : people) {
      find(person);
    }
    the("create-room").click();
    assertThat(the("room-title")).hasText(name);
  }

  private void find(String displayName) {
    the("people-search").fill(displayName);
    the("person").filter(new Locator.FilterOptions().setHasText(displayName)).click();
  }

  public void join(String publicRoom) {
    the("directory").click();
    the("directory-search").fill(publicRoom);
    the("directory-item")
        .filter(new Locator.FilterOptions().setHasText(publicRoom))
        .getByTestId("join")
        .click();
    assertThat(the("room-title")).hasText(publicRoom);
  }

  public void open(String title) {
    room(title).click();
    assertThat(the("room-title")).hasText(title);
    assertThat(the("timeline")).hasAttribute("aria-busy", "false");
  }

  /** Picks something from the menu of the open room. */
  public void ofRoom(String testId) {
    the("room-menu").click();
    the(testId).click();
  }

  /** Picks something from the menu of a member in the list of members that is open. */
  public void ofMember(String name, String testId) {
    the("member").filter(having(name)).getByTestId("member-menu").click();
    the(testId).click();
  }

  /** The id of the open room, as the address says it. */
  public String roomId() {
    return page.url().replaceAll(".*#/room/", "");
  }

  /** Writes and sends; that it has arrived is another question, answered by {@link #sees}. */
  public void say(String text) {
    the("composer").fill(text);
    the("composer").press("Enter");
    assertThat(the("composer")).hasValue("");
  }

  /** Exactly these messages stand in the open room, in this order, and all have been sent. */
  public void sees(String... texts) {
    assertThat(the("message").and(page.locator("[data-state=sent]")).getByTestId("message-text"))
        .hasText(texts);
    assertThat(the("message")).hasCount(texts.length);
  }

  /** The newest message that stands in the open room. */
  public void seesLast(String text) {
    assertThat(message(text)).hasAttribute("data-state", "sent");
    assertThat(the("message-text").last()).hasText(text);
  }

  /** The room's line says how many messages are unread. */
  public void isTold(String title, int unread) {
    assertThat(room(title).getByTestId("unread")).hasText(Integer.toString(unread));
  }

  /** These messages, and none besides, are on their way. */
  public void waitsFor(String... texts) {
    assertThat(the("message").and(page.locator("[data-state=pending]")).getByTestId("message-text"))
        .hasText(texts);
  }

  public void waitsForNothing() {
    assertThat(the("message").and(page.locator(":not([data-state=sent])"))).hasCount(0);
  }

  public void isOnline() {
    isConnected("online");
  }

  public void isConnected(String state) {
    assertThat(the("connection")).hasAttribute("data-state", state);
  }

  public void isSignedOut() {
    assertThat(the("auth-form")).isVisible();
  }
}

package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.model.Preview;
import chat.parley.testing.AuthenticatorApp;
import chat.parley.testing.Axe;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One person walks through every page and dialog: none has a serious hindrance in the light or in
 * the dark, and each dialog gives the focus back to what opened it.
 */
class AccessBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private final List<String> hindrances = new ArrayList<>();
  private Person owner;
  private String room;
  private Visitor ann;

  @Test
  void r15_nothingKeepsAnybodyOut() {
    ann = Visitor.stranger(browser.person("ann"), server);
    waysIn();
    conversation();
    ann = Visitor.signedIn(browser.person("ann again"), server, owner);
    rooms();
    room();
    messages();
    beside();
    ofRoom();
    settings();
    secondFactor();
    assertEquals(List.of(), hindrances);
  }

  private void waysIn() {
    look("sign in", ann.the("auth-form"));
    ann.the("submit").click();
    look("sign in, refused", ann.page().locator("[aria-invalid=true]").first());
    ann.the("switch-mode").click();
    ann.the("password").fill("short");
    look("sign up", ann.the("strength"));
    for (String page : List.of("forgot", "reset/token", "confirm-email/token", "join/token")) {
      ann.page().evaluate("page => { location.hash = page; }", "/" + page);
      look(page, ann.page().locator("main"));
    }
  }

  /** Everything that a conversation may show. */
  private void conversation() {
    owner = server.person("olga", "Olga Berg");
    Person pal = server.person("paul", "Paul Ray");
    Person gone = server.person("gerd", "Gerd Aust");
    room = owner.room("public", pal, gone);
    owner.room("direct", pal);
    server.person("quentin").room("public");
    String path = "/chat/rooms/" + room;
    owner.say(room, "**Hello** @paul, see `code` and https://example.org\n> quoted\n- item");
    server.preview(
        room, 1, new Preview("https://example.org", "A page", "What it is about", "Site", null));
    owner.say(room, "a thread");
    pal.post(path + "/messages", words("in it").put("threadOf", 2));
    pal.post(
        path + "/messages",
        words("@olga an answer\n```js\nlet a = 1; // one\n```").put("replyTo", 2));
    owner.put(path + "/messages/2/reactions/🎉", null);
    pal.put(path + "/messages/2/reactions/👍", null);
    owner.put(path + "/messages/1/pin", null);
    owner.patch(path + "/messages/1", words("Hello @paul"));
    owner.put(path + "/bans/" + gone.id(), null);
    for (long hours : List.of(2, 30)) {
      JsonObject later =
          words("later").put("at", Instant.now().plusSeconds(hours * 3_600).toString());
      owner.post(path + "/scheduled", later);
    }
    server.sql(
        "update scheduled set failed = 'Not found' where send_at > now() + interval '1 day'");
    owner.put("/users/me/blocks/" + gone.id(), null);
  }

  private static JsonObject words(String text) {
    return new JsonObject().put("text", text);
  }

  private void rooms() {
    look("home", ann.the("room-item").first());
    dialog("new-room", "new-room-dialog");
    dialog("directory", "directory-dialog");
    ann.the("mentions").click();
    look("mentions", ann.the("mention-item"));
    ann.the("scheduled").click();
    look("scheduled", ann.the("scheduled-failed"));
    dialog(ann.the("scheduled-edit").first(), ann.the("scheduled-dialog"));
    dialog(ann.the("scheduled-cancel").first(), ann.the("confirm-dialog"));
  }

  private void room() {
    ann.open("Room of olga");
    look("room", ann.the("reaction").first());
    ann.the("composer").fill("Hello @pa");
    ann.the("composer").press("u");
    look("name completed", ann.the("mention-box"));
    ann.the("composer").fill("something");
    menu("send-later", "later-pick");
    ann.the("send-later").click();
    ann.the("later-pick").click();
    look("pick a time", ann.the("scheduled-dialog"));
    ann.page().keyboard().press("Escape");
    isBackAt(ann.the("send-later"));
    dialog("insert-emoji", "emoji-search");
    ann.the("composer").fill("");
  }

  private void messages() {
    Locator thread = ann.page().locator("[data-seq='2']");
    for (String layer : List.of("more-emoji", "do-forward", "do-who", "do-delete")) {
      thread.focus();
      ann.page().keyboard().press("Enter");
      assertThat(ann.the("message-menu")).isVisible();
      if (layer.equals("more-emoji")) {
        look("message menu", ann.the("message-menu"));
      }
      ann.the(layer).click();
      look(layer, ann.page().locator("dialog"));
      ann.page().keyboard().press("Escape");
      assertThat(ann.page().locator("dialog")).hasCount(0);
      isBackAt(thread);
    }
    dialog(ann.the("edited"), ann.the("earlier-version").first());
    ann.the("composer").focus();
    ann.the("composer").press("ArrowUp");
    look("edit", ann.the("edit-text"));
    ann.page().keyboard().press("Escape");
    ann.the("open-thread").click();
    look("thread", ann.the("thread-composer"));
    ann.the("close-thread").click();
    isBackAt(ann.the("open-thread"));
  }

  private void beside() {
    panel("pins", "pin", "Close the pinned messages");
    panel("scheduled-here", "scheduled-item", "Close the scheduled messages");
    ann.the("members").click();
    assertThat(ann.the("member")).hasCount(2);
    ann.the("bans").locator("summary").click();
    look("members", ann.the("banned"));
    menu(ann.the("member-menu").last(), "role-moderator");
    ann.the("add-people").click();
    look("add people", ann.the("people-search"));
    ann.page().keyboard().press("Escape");
    if (ann.the("close-members").count() > 0) {
      ann.the("close-members").click();
    }
    isBackAt(ann.the("members"));
  }

  private void ofRoom() {
    menu("room-menu", "open-settings");
    ann.ofRoom("open-settings");
    look("room settings", ann.the("delete-room"));
    dialog("delete-room", "delete-room-name");
    ann.page().keyboard().press("Escape");
    isBackAt(ann.the("room-menu"));
    for (String item : List.of("open-invites", "leave")) {
      ann.ofRoom(item);
      look(item, ann.page().locator("dialog"));
      if (item.equals("open-invites")) {
        ann.the("make-invite").click();
        look("made invite", ann.the("made-invite"));
      }
      ann.page().keyboard().press("Escape");
      isBackAt(ann.the("room-menu"));
    }
  }

  private void settings() {
    ann.settings("profile");
    look("profile", ann.the("save-profile"));
    ann.the("avatar-file")
        .setInputFiles(new FilePayload("me.png", "image/png", Pictures.halves("png", 300, 200)));
    look("crop", ann.the("crop-dialog"));
    ann.the("crop-cancel").click();
    ann.settings("security");
    look("security", ann.the("session").first());
    server.sql("update sessions set confirmed_at = confirmed_at - interval '1 hour'");
    dialog("totp-on", "confirm-identity");
    ann.the("totp-on").click();
    ann.confirmsIdentity("olga");
    look("second factor", ann.the("totp-dialog"));
    ann.page().keyboard().press("Escape");
    isBackAt(ann.the("totp-on"));
    newKey();
    ann.settings("privacy");
    look("privacy", ann.the("blocked"));
    ann.settings("account");
    ann.the("change-email").click();
    look("account", ann.the("new-email"));
    dialog("delete-account", "delete-username");
  }

  private void newKey() {
    ann.the("new-key").click();
    ann.the("make-key").click();
    look("new key", ann.the("key-name-error"));
    ann.the("key-name").fill("Weather");
    ann.the("make-key").click();
    look("made key", ann.the("key-once"));
    ann.the("key-kept").click();
    isBackAt(ann.the("new-key"));
    look("security, with a key", ann.the("api-key"));
  }

  private void secondFactor() {
    ann.settings("security");
    ann.the("totp-on").click();
    ann.page().getByText("Or type it by hand").click();
    String secret = ann.the("totp-secret").textContent().replace(" ", "");
    ann.the("totp-code").fill(new AuthenticatorApp(secret).code());
    ann.the("totp-confirm").click();
    look("recovery codes", ann.the("recovery-code").first());
    ann.the("codes-kept").click();
    look("security, with a factor", ann.the("recovery-left"));
    ann.the("leave-settings").click();
    ann.signOut();
    ann.signIn("olga", Visitor.passwordOf("olga"));
    look("code", ann.the("code"));
  }

  private void dialog(String opener, String shown) {
    dialog(ann.the(opener), ann.the(shown));
  }

  /** Opens, looks, closes with Escape: the focus is where it was. */
  private void dialog(Locator opener, Locator shown) {
    opener.click();
    look(shown.toString(), shown);
    ann.page().keyboard().press("Escape");
    assertThat(shown).hasCount(0);
    isBackAt(opener);
  }

  private void menu(String opener, String item) {
    menu(ann.the(opener), item);
  }

  private void menu(Locator opener, String item) {
    dialog(opener, ann.the(item));
  }

  private void panel(String opener, String shown, String close) {
    ann.the(opener).click();
    look(opener, ann.the(shown).first());
    ann.page().getByLabel(close).click();
    isBackAt(ann.the(opener));
  }

  private void isBackAt(Locator opener) {
    try {
      assertThat(opener).isFocused();
    } catch (AssertionError lost) {
      hindrances.add("the focus is not back at " + opener);
    }
  }

  private void look(String where, Locator shown) {
    shown.waitFor();
    for (String found : Axe.hindrances(ann.page())) {
      hindrances.add(where + ": " + found);
    }
  }
}

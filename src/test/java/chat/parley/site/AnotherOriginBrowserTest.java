package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.http.HttpDoor;
import chat.parley.testing.Await;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.BusSocket;
import chat.parley.testing.OtherSite;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.RawHttp;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page comes from a web server that is not Parley; what it asks for comes from Parley. */
class AnotherOriginBrowserTest {
  /** So short that tokens are renewed all the time. */
  private static final Duration ACCESS_LIFE = Duration.ofSeconds(4);

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();

  @RegisterExtension
  final TestServer server = new TestServer(false, ACCESS_LIFE).hung(this::admitting);

  @RegisterExtension final OtherSite site = new OtherSite(() -> server.url());

  private HttpDoor.Options admitting(HttpDoor.Options plain) {
    return new HttpDoor.Options(
        plain.host(),
        plain.port(),
        plain.loops(),
        plain.publicUrl(),
        Set.of(site.url()),
        plain.trustedProxies(),
        plain.limitsOn(),
        plain.bodyDeadline());
  }

  private Visitor visit(String name) {
    return Visitor.stranger(browser.person(name), site.url());
  }

  private static Object kept(Visitor visitor, String storage) {
    return visitor.page().evaluate("JSON.stringify(" + storage + ")");
  }

  @Test
  void twoPeopleTalkReloadAndSignOut() {
    Visitor ann = visit("ann");
    Visitor bob = visit("bob");
    ann.register("ann", "Ann Lee");
    bob.register("bob", "Bob Ray");
    ann.writeTo("Bob Ray");
    bob.open("Ann Lee");
    ann.say("Hello from elsewhere");
    bob.sees("Hello from elsewhere");
    bob.say("Elsewhere is here, too");
    ann.sees("Hello from elsewhere", "Elsewhere is here, too");

    ann.page().reload();
    ann.isOnline();
    ann.sees("Hello from elsewhere", "Elsewhere is here, too");
    bob.say("And now?");
    ann.seesLast("And now?");
    picturesAndFilesTravelByLinks(ann, bob);
    assertTrue(ann.page().url().startsWith(site.url()));
    assertEquals("{}", kept(ann, "localStorage"));
    assertEquals(List.<Cookie>of(), ann.page().context().cookies());

    ann.signOut();
    assertEquals("{}", kept(ann, "sessionStorage"));
    ann.page().reload();
    ann.isSignedOut();
    assertEquals(
        "1", server.query("select count(*) from sessions where ended_at is null"), "bob's");
    browser.assertNoErrors();
  }

  /** What the browser asks for by itself carries no token. */
  private static void picturesAndFilesTravelByLinks(Visitor ann, Visitor bob) {
    ann.the("file-input")
        .setInputFiles(
            new FilePayload[] {
              new FilePayload("boat.png", "image/png", Pictures.halves("png", 90, 60)),
              new FilePayload("notes.txt", "text/plain", new byte[] {'h', 'i'})
            });
    ann.the("composer").press("Enter");
    Locator picture = bob.the("picture").locator("img");
    assertThat(picture).hasAttribute("src", Pattern.compile(".*/linked\\?token=.*"));
    Await.until("drawn", () -> (int) picture.evaluate("img => img.naturalWidth") > 0);
    assertEquals(
        "notes.txt",
        bob.page().waitForDownload(() -> bob.the("download").click()).suggestedFilename());
  }

  @Test
  void tokensAreRenewedAndTheSocketComesBack() {
    Person annsPhone = server.person("ann");
    annsPhone.room("group");
    Visitor ann = visit("ann");
    AtomicInteger renewals = new AtomicInteger();
    ann.page()
        .onResponse(
            answer -> {
              if (answer.url().endsWith("/auth/refresh") && answer.status() == 200) {
                renewals.incrementAndGet();
              }
            });
    ann.signIn("ann");
    Await.until(
        "renewed twice",
        () -> {
          ann.settings("security");
          ann.settings("profile");
          return renewals.get() >= 2;
        });
    ann.the("leave-settings").click();
    ann.open("Room of ann");
    ann.say("still here");
    ann.sees("still here");

    server.stop();
    assertThat(ann.the("connection")).not().hasAttribute("data-state", "online");
    server.start();
    ann.isOnline();
    ann.say("back again");
    ann.sees("still here", "back again");
  }

  @Test
  void settingsShowWhatWorksFromElsewhere() {
    server.person("ann");
    Visitor ann = visit("ann");
    ann.signIn("ann");
    ann.settings("security");
    assertThat(ann.the("session")).not().hasCount(0);
    assertThat(ann.the("passkeys-group")).hasCount(0);
    assertThat(ann.the("identities-group")).hasCount(0);
    ann.settings("profile");
    assertThat(ann.the("profile-form")).isVisible();
    assertThat(ann.the("avatar-group")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void socketOfAListedPageNeedsATokenAndTakesNoCookie() {
    Person ann = server.person("ann");
    BusSocket.open(server, "?token=" + ann.token(), "Origin", site.url()).close();
    RawHttp.Reply signedIn =
        RawHttp.send(
            server.port(),
            "POST",
            "/api/v1/session",
            List.of("Content-Type: application/json"),
            ("{\"login\":\"ann\",\"password\":\"" + Visitor.passwordOf("ann") + "\"}").getBytes());
    String cookie = signedIn.header("set-cookie").replaceFirst(";.*", "");
    assertEquals(101, upgrade("Cookie: " + cookie, "Origin: http://localhost:" + server.port()));
    assertEquals(403, upgrade("Cookie: " + cookie, "Origin: " + site.url()));
  }

  private int upgrade(String... headers) {
    List<String> all =
        List.of(
            headers[0],
            headers[1],
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    return RawHttp.send(server.port(), "GET", "/eventbus/websocket", all, new byte[0]).status();
  }
}

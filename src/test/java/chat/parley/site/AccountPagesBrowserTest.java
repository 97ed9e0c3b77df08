package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.Await;
import chat.parley.testing.BrowserExtension;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Ann forgets her password, changes it, changes her address; her letters come into a folder. */
class AccountPagesBrowserTest {
  private static final String EMAIL = "ann@harbour.example";
  private static final String NEW = "violet teapot under clouds";

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @TempDir static Path letters;

  @RegisterExtension final TestServer server = new TestServer().withOutbox(letters);
  private final Set<Path> read = new HashSet<>();
  private Visitor ann;

  @BeforeEach
  void annHasAnAccount() {
    ann = Visitor.stranger(browser.person("ann"), server);
    // It moves what is below it, and a click that was aimed before would miss.
    assertThat(ann.the("forgot")).isVisible();
    ann.the("switch-mode").click();
    ann.the("username").fill("ann");
    ann.the("email").fill(EMAIL);
    ann.the("password").fill(Visitor.passwordOf("ann"));
    ann.the("submit").click();
    ann.isOnline();
  }

  /** What comes after {@code #} in the link of the next letter of this kind to this address. */
  private String link(String to, String page) {
    Pattern link = Pattern.compile("#(/" + page + "/[A-Za-z0-9_-]+)");
    String[] found = new String[1];
    Await.until(
        "a letter to " + to + " with " + page,
        () -> {
          for (Path letter : unread()) {
            String text = textOf(letter);
            Matcher match = link.matcher(text);
            if (text.contains(to) && match.find()) {
              read.add(letter);
              found[0] = match.group(1);
              return true;
            }
          }
          return false;
        });
    return found[0];
  }

  private List<Path> unread() {
    try (Stream<Path> all = Files.list(letters)) {
      return all.filter(file -> file.toString().endsWith(".eml") && !read.contains(file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Long lines of a letter are broken with a {@code =}. */
  private static String textOf(Path letter) {
    try {
      return Files.readString(letter).replaceAll("=\\r?\\n", "").replace("=3D", "=");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow(String link) {
    ann.page().navigate("about:blank");
    ann.page().navigate(server.url() + "/#" + link);
  }

  private void assertNothingBroke() {
    List<String> errors = browser.errors();
    assertEquals(
        List.of(),
        errors.stream().filter(error -> !error.contains("Failed to load resource")).toList());
  }

  @Test
  void forgottenPasswordIsReplacedByALetter() {
    ann.signOut();
    ann.the("forgot").click();
    ann.the("submit").click();
    ann.isCorrected("email", "Please enter an e-mail address.");
    ann.the("email").fill(EMAIL);
    ann.the("submit").click();
    assertThat(ann.the("forgot-sent")).containsText(EMAIL);

    String link = link(EMAIL, "reset");
    follow(link);
    ann.the("password").fill("ann");
    ann.the("submit").click();
    ann.isCorrected("password", "At least 8 characters, please.");
    assertFalse(ann.page().url().contains(link.substring(7)), "the token left the address bar");
    ann.the("password").fill(NEW);
    assertThat(ann.the("strength")).containsText("Strong");
    ann.the("submit").click();
    assertThat(ann.the("auth-form")).containsText("Your password is changed.");

    ann.signIn("ann", Visitor.passwordOf("ann"));
    assertThat(ann.the("form-error")).hasText("User name or password is wrong.");
    ann.signIn(EMAIL, NEW);
    ann.isOnline();
    follow(link);
    ann.the("password").fill("another one that is long");
    ann.the("submit").click();
    assertThat(ann.the("dead-link")).containsText("This link does not work");
    assertNothingBroke();
  }

  @Test
  void unknownAddressIsAnsweredLikeAKnownOne() {
    ann.signOut();
    ann.the("forgot").click();
    ann.the("email").fill("nobody@harbour.example");
    ann.the("submit").click();
    assertThat(ann.the("forgot-sent")).containsText("nobody@harbour.example");
    browser.assertNoErrors();
  }

  @Test
  void changedPasswordKeepsThisBrowserAndEndsTheOther() {
    Visitor phone = Visitor.stranger(browser.person("phone"), server);
    phone.signIn("ann");
    Visitor tab = ann.newTab();
    ann.settings("security");
    ann.the("current-password").fill("wrong");
    ann.the("new-password").fill(NEW);
    ann.the("change-password").click();
    ann.isCorrected("current-password", "This is not your password.");

    ann.the("current-password").fill(Visitor.passwordOf("ann"));
    ann.the("change-password").click();
    ann.reads("Your password is changed.");
    phone.isSignedOut();
    ann.the("leave-settings").click();
    ann.isOnline();
    tab.isOnline();
    ann.make("group", "After the change");
    ann.say("still here");
    ann.sees("still here");
    phone.signIn("ann", NEW);
    phone.isOnline();
    assertNothingBroke();
  }

  @Test
  void newAddressCountsOnceItsLetterIsOpened() {
    ann.settings("account");
    assertThat(ann.the("email")).hasText(EMAIL);
    ann.the("change-email").click();
    ann.the("new-email").fill("ann");
    ann.the("email-password").fill(Visitor.passwordOf("ann"));
    ann.the("send-email").click();
    ann.isCorrected("new-email", "This is not an e-mail address.");
    ann.the("new-email").fill("ann@lighthouse.example");
    ann.the("send-email").click();
    assertThat(ann.the("pending-email")).containsText("ann@lighthouse.example");
    assertThat(ann.the("email")).hasText(EMAIL);

    follow(link("ann@lighthouse.example", "confirm-email"));
    assertThat(ann.the("confirm-email")).containsText("Your address is confirmed");
    ann.the("go-on").click();
    ann.settings("account");
    assertThat(ann.the("email")).hasText("ann@lighthouse.example");
    assertThat(ann.the("email-group")).containsText("Confirmed");
    assertNothingBroke();
  }

  @Test
  void passwordIsChangedWithTheKeyboardAlone() {
    Page page = ann.page();
    ann.the("settings").focus();
    page.keyboard().press("Enter");
    ann.the("section-profile").focus();
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("#settings-title")).hasText("Security");
    assertThat(page.locator("#settings-title")).isFocused();
    page.keyboard().press("Tab");
    assertThat(ann.the("current-password")).isFocused();
    page.keyboard().press("Enter");
    ann.isCorrected("current-password", "Please enter your current password.");
    assertThat(ann.the("current-password")).isFocused();
    page.keyboard().type(Visitor.passwordOf("ann"));
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    assertThat(ann.the("new-password")).isFocused();
    page.keyboard().type(NEW);
    page.keyboard().press("Enter");
    ann.reads("Your password is changed.");
    assertNothingBroke();
  }
}

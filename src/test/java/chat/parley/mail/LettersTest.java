package chat.parley.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.LetterKind;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What letters say and how they are laid out. */
class LettersTest {
  private static final Site SITE = new Site("https://chat.example");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\"\\s<]+");

  private static Words words(LetterKind kind) {
    return Letters.of(kind).write(SITE, "the-token");
  }

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void everyLetterNamesTheSiteAndLeadsNowhereElse(LetterKind kind) {
    String text = Paper.text(words(kind), "ann", SITE);
    String html = Paper.html(words(kind), "ann", SITE);
    assertTrue(words(kind).subject().contains("chat.example"));
    for (String form : List.of(text, html)) {
      assertTrue(
          ADDRESS.matcher(form).results().allMatch(a -> a.group().startsWith(SITE.url() + "/")),
          form);
    }
    assertTrue(words(kind).subject().length() < 70, "fits a line");
    assertTrue(text.lines().allMatch(line -> line.length() <= 72), text);
  }

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void nothingInALetterIsLoadedOrRun(LetterKind kind) {
    String html = Paper.html(words(kind), "ann", SITE).toLowerCase();
    for (String active :
        List.of("<img", "<script", "<link", "<style", "<form", "url(", "src=", "@import")) {
      assertFalse(html.contains(active), active);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LetterKind.class,
      mode = EnumSource.Mode.MATCH_ANY,
      names = {".*RESET", ".*CONFIRM"})
  void linkStandsBehindTheHashInBothForms(LetterKind kind) {
    String link = words(kind).link().address();
    assertTrue(link.matches("https://chat\\.example/#/[a-z-]+/the-token"), link);
    assertTrue(
        Paper.text(words(kind), null, SITE).lines().anyMatch(link::equals), "on a line of its own");
    assertTrue(Paper.html(words(kind), null, SITE).contains("href=\"" + link + "\""));
  }

  @ParameterizedTest
  @EnumSource(
      value = LetterKind.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = {".*RESET", ".*CONFIRM"})
  void noticesCarryNoToken(LetterKind kind) {
    assertFalse(Paper.text(words(kind), null, SITE).contains("the-token"));
    assertFalse(Paper.html(words(kind), null, SITE).contains("the-token"));
  }

  @Test
  void wordsAreNoMarkup() {
    String evil = "<b onclick='x'>\"&";
    Words words =
        new Words(evil, List.of(evil), new Words.Link(SITE.url() + "/?a&b", evil), List.of(evil));
    String html = Paper.html(words, evil, SITE);
    assertFalse(html.contains("<b "));
    assertFalse(html.contains("onclick='"));
    assertTrue(html.contains("&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;"));
    assertTrue(html.contains("/?a&amp;b"));
  }

  @Test
  void whoIsNotKnownIsGreetedWithoutAName() {
    Words words = words(LetterKind.PASSWORD_CHANGED);
    assertTrue(Paper.text(words, null, SITE).startsWith("Hello,\n"));
    assertTrue(Paper.text(words, "ann", SITE).startsWith("Hello ann,\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.example",
        "ä.ö@b.example",
        "a+b@b.example",
        "parley@localhost",
        "o'hara@b.example"
      })
  void oneMailboxIsTaken(String address) {
    assertTrue(Mailbox.isOne(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a@",
        "@b",
        "a@b, c@d",
        "a@b c",
        "A <a@b>",
        "a@b\r\nBcc: c@d",
        "a@b(c)",
        "a@.b.",
        "a@b..c"
      })
  void anythingElseIsNoMailbox(String address) {
    assertFalse(Mailbox.isOne(address));
  }

  @Test
  void domainIsInAscii() {
    assertEquals("a@xn--bcher-kva.example", Mailbox.of("a@bücher.example").toString());
  }
}

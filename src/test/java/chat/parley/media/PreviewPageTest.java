package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.CpuTime;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewPageTest {
  private static final PreviewPlace PLACE = PreviewPlace.of("https://site.example/").orElseThrow();

  private static PreviewPage page(String type, byte[] bytes) {
    try {
      return PreviewPage.of(new PreviewFetch.Answer(PLACE, type, bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static PreviewPage page(String html) {
    return page("text/html", html.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatAPageSaysForOthersComesBeforeWhatItSaysOfItself() {
    PreviewPage page =
        page(
            "<!doctype html><html><head><title>T</title><meta name=description content=D>"
                + "<meta property=og:title content='OT'><meta property=og:description content='OD'>"
                + "<meta property=og:site_name content=S><meta property=og:image content=/i.png>"
                + "<meta property=og:title content='second'></head><body><title>B</title>");
    assertEquals(new PreviewPage("OT", "OD", "S", "/i.png"), page);
    assertEquals(
        new PreviewPage("T", "D", null, null),
        page(
            "<title>T</title><meta name=Description content=D><meta property=og:title content=' '>"));
  }

  @Test
  void pageThatSaysNothingShowsNothing() {
    for (String html : List.of("", "words", "<html><body><h1>x</h1>", "<title> </title>", "\0\0")) {
      assertTrue(page(html).isSilent(), html);
    }
  }

  /** S66: it is text, whatever stands in it, and is shown as text. */
  @Test
  void s66_marksAndControlsAreGone() {
    assertEquals(
        "<script>alert(1)</script> a b x",
        page("<title>&lt;script>alert(1)&lt;/script> a\r\n\tb \u202e\u2066\u200b&#0;\u0007\u001b x</title>")
            .title());
    assertEquals("👨‍👩‍👧", page("<title>👨‍👩‍👧</title>").title());
  }

  @Test
  void wordsAreCutToWhatACardHolds() {
    String long400 = "é".repeat(400);
    PreviewPage page =
        page(
            "<title>"
                + long400
                + "</title><meta name=description content='"
                + long400
                + "'><meta property=og:site_name content='"
                + "a b ".repeat(100)
                + "'>");
    assertEquals("é".repeat(200) + "…", page.title());
    assertEquals("é".repeat(300) + "…", page.description());
    assertTrue(page.site().length() <= 81, page.site());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=windows-1251|windows-1251|<title>привет</title>",
        "text/html|windows-1251|<meta charset=windows-1251><title>привет</title>",
        "text/html; charset=\"utf-8\"|utf-8|<meta charset=windows-1251><title>привет</title>",
        "text/html; charset=nonsense|utf-8|<title>привет</title>",
        "text/html|utf-16|<title>привет</title>",
        "text/html|utf-8|\ufeff<title>привет</title>",
        "text/html|Shift_JIS|<meta http-equiv=x content='text/html; charset=Shift_JIS'><title>東京</title>"
      })
  void charsetIsWhatItIs(String type, String charset, String html) {
    String title = page(type, html.getBytes(Charset.forName(charset))).title();
    assertTrue(title.equals("привет") || title.equals("東京"), title);
  }

  /** S69: what is built to cost much costs no more than its bytes. */
  @Test
  void s69_pagesThatAreTrapsCostLittle() {
    List<String> traps =
        List.of("<template>", "<meta a", " a=b", "<!--", "&amp;", "<title>", "<script>");
    Duration most = Duration.ofSeconds(3);
    for (String trap : traps) {
      String beginning = "<head><title>x</title><meta " + (trap.startsWith(" ") ? "" : ">");
      String html = beginning + trap.repeat((1 << 19) / trap.length());
      Duration least = CpuTime.least(most, () -> page(html));
      assertTrue(least.compareTo(most) <= 0, () -> trap + " took " + least);
    }
  }
}

package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.CpuTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  private static final Duration LITTLE = Duration.ofMillis(50);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://example.org|https://example.org",
        "see https://example.org/a?b=c#d, and http://later.example|https://example.org/a?b=c#d",
        "(https://example.org/a_(b))|https://example.org/a_(b)",
        "(https://example.org/a)|https://example.org/a",
        "https://example.org/?q=[x]]|https://example.org/?q=[x]",
        "HTTP://EXAMPLE.ORG/|HTTP://EXAMPLE.ORG/",
        "<https://example.org/x>|https://example.org/x",
        "[words](https://example.org/x)|https://example.org/x",
        "[words](<https://example.org/x>)|https://example.org/x",
        "**https://example.org/x**|https://example.org/x",
        "> https://example.org/x|https://example.org/x",
        "http:// https://example.org|https://example.org",
        "`http://code.example` https://example.org|https://example.org",
        "https://münchen.example/straße|https://münchen.example/straße",
        "见https://example.org/东京。|"
      })
  void firstAddressThatThePageWouldOpen(String text, String link) {
    assertEquals(link, Links.first(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "words",
        "http",
        "http://",
        "https://.",
        "ftp://example.org",
        "xhttp://example.org",
        "://",
        "javascript://example.org",
        "`https://example.org`",
        "mailto:a@example.org",
        "```\nhttps://example.org\n```",
        "//example.org",
        "www.example.org"
      })
  void othersAreNone(String text) {
    assertNull(Links.first(text), text);
  }

  @Test
  void nothingSaidIsNoLinkAndWhatIsTooLongLeadsNowhere() {
    assertNull(Links.first(null));
    assertNull(Links.first("https://example.org/" + "x".repeat(2_048)));
    assertEquals(
        "https://b.example",
        Links.first("https://a.example/" + "x".repeat(2_048) + " https://b.example"));
  }

  @Test
  void s69_costsALookAtEachSign() {
    String[] bad = {
      "https://", "http://]", "h", "`https://a", "https://a](", "(((", "https://a.b)", "\\h"
    };
    for (String each : bad) {
      String text = each.repeat((64 << 10) / each.length());
      Duration least = CpuTime.least(LITTLE, () -> Links.first(text));
      assertTrue(least.compareTo(LITTLE) <= 0, () -> each + " took " + least);
    }
  }
}

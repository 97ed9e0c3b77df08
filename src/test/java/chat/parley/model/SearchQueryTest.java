package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.CpuTime;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type into the search box, and what it means. */
class SearchQueryTest {
  private static final Duration LITTLE = Duration.ofMillis(50);

  private static List<String> words(String typed) {
    return SearchQuery.parse(typed).words();
  }

  @Test
  void wordsAndPhrasesAreFolded() {
    assertEquals(
        List.of("viele", "grüsse aus", "köln"), words(" Viele  \"Grüße  aus\" KÖLN viele"));
    assertEquals(List.of("to the end"), words("\"to the end"));
    assertEquals(List.of("http://a.example/b:c", "18:30"), words("http://a.example/b:c 18:30"));
  }

  @Test
  void filtersAreTakenOut() {
    SearchQuery query =
        SearchQuery.parse(
            "plan FROM:@Ann in:\"My room\" after:2026-01-01 before:2026-02-01 has:link has:IMAGE");
    assertEquals(List.of("plan"), query.words());
    assertEquals("ann", query.from());
    assertEquals("My room", query.in());
    assertEquals(LocalDate.of(2026, 1, 1), query.after());
    assertEquals(LocalDate.of(2026, 2, 1), query.before());
    assertEquals(Set.of(Carried.LINK, Carried.IMAGE), query.has());
    assertEquals(List.of(), SearchQuery.parse("from:ann").words());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from:, from: needs @name",
        "from:@, from: needs @name",
        "in:, in: needs a room's name, as in in:lobby or in:\"my room\"",
        "before:tomorrow, before: needs a day, as in before:2026-01-31",
        "after:2026-02-30, after: needs a day, as in after:2026-01-31",
        "after:+123456-01-01, after: needs a day from 1970 to 9998",
        "has:money, has: needs link, file, image, video, audio or voice",
        "from:ann from:bob, from: can be given once",
        "after:2026-02-01 before:2026-02-01, ends before it begins",
      })
  void whatMakesNoSenseIsSaid(String line) {
    String typed = line.substring(0, line.indexOf(", "));
    assertEquals(
        line.substring(typed.length() + 2),
        assertThrows(SearchQuery.Unclear.class, () -> SearchQuery.parse(typed)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\"\"", "\u00AD", "\" "})
  void nothingIsNothingToLookFor(String typed) {
    assertThrows(SearchQuery.Unclear.class, () -> SearchQuery.parse(typed));
  }

  /** S69. */
  @ParameterizedTest
  @ValueSource(
      strings = {"*", "[", "@", "(((", "\"", ":", "from:", " a", "\u0301", "ﷺ", "\"a\" ", "\uD83D"})
  void s69_junkCostsLittle(String junk) {
    String typed = junk.repeat(65_536 / junk.length());
    Duration least = CpuTime.least(LITTLE, () -> attempt(typed));
    assertTrue(least.compareTo(LITTLE) <= 0, () -> junk + " took " + least);
  }

  private static void attempt(String typed) {
    FoldedText.of(typed).find(List.of("a", "((("), 100);
    try {
      SearchQuery query = SearchQuery.parse(typed);
      Grams.wanted(query.words(), null, query.has());
    } catch (SearchQuery.Unclear unclear) {
      assertTrue(unclear.getMessage().length() < 100);
    }
  }
}

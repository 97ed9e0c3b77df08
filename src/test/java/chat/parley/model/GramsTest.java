package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the index keeps of a message has all that any part of it asks for, in every script. */
class GramsTest {
  private static final UUID ANN = new UUID(1, 2);
  private static final UUID BOB = new UUID(1, 3);

  private static Set<Integer> of(String text) {
    return set(Grams.of(List.of(FoldedText.of(text)), ANN, Set.of()));
  }

  private static Set<Integer> wanted(String... words) {
    return set(
        Grams.wanted(
            Arrays.stream(words).map(word -> FoldedText.of(word).text()).toList(), null, Set.of()));
  }

  private static Set<Integer> set(int[] grams) {
    return Arrays.stream(grams).boxed().collect(Collectors.toSet());
  }

  private static boolean isFound(String text, String word) {
    boolean indexed = of(text).containsAll(wanted(word));
    boolean stands = FoldedText.of(text).contains(FoldedText.of(word).text());
    assertTrue(indexed || !stands, "what stands there is found by its grams");
    return stands && indexed;
  }

  @ParameterizedTest
  @CsvSource({
    "Viele Grüße aus Köln, grüße",
    "Viele Grüße aus Köln, GRÜSSE",
    "Viele Grüsse aus Köln, grüß",
    "Viele Grüße aus Köln, öl",
    "東京都庁の展望台, 京都",
    "東京都庁の展望台, 庁",
    "Скажи привет всем, ПРИВЕ",
    "ΟΔΥΣΣΕΥΣ, οδυσσευς",
    "Ｆｕｌｌ ｗｉｄｔｈ, full",
    "ｶﾞｷﾞ, ガ",
    "well done 👍🏽 all, 👍",
    "❤️, ❤",
    "한국어 메시지, 국",
    "สวัสดีครับ, สดี",
    "a plan b, b",
    "it is 5 o'clock, 5",
    "what?!, ?!",
    "c++ and c#, c++",
    "soft\u00ADhyphen, softhyphen",
  })
  void anyPartOfAWordIsFoundInAnyScript(String text, String word) {
    assertTrue(isFound(text, word));
  }

  @ParameterizedTest
  @CsvSource({"Viele Grüße, grüner", "東京都庁, 東都", "banana, n", "abc def, cd", "one 15, 5"})
  void whatDoesNotStandThereIsNotFound(String text, String word) {
    assertFalse(isFound(text, word));
  }

  @Test
  void phrasesGoOverOneBlank() {
    FoldedText text = FoldedText.of("We  meet\n\tat noon");
    assertEquals("we meet at noon", text.text());
    assertTrue(text.contains("meet at"));
    assertFalse(text.contains("meet noon"));
  }

  @Test
  void whoSaidItAndWhatItCarriesIsFound() {
    int[] grams = Grams.of(List.of(FoldedText.of("hi")), ANN, Set.of(Carried.LINK, Carried.FILE));
    assertTrue(set(grams).containsAll(set(Grams.wanted(List.of(), ANN, Set.of(Carried.LINK)))));
    assertFalse(set(grams).containsAll(set(Grams.wanted(List.of(), BOB, Set.of()))));
    assertFalse(set(grams).containsAll(set(Grams.wanted(List.of(), null, Set.of(Carried.VIDEO)))));
  }

  @Test
  void placesAreThoseOfTheText() {
    String said = "Straße, ＳＴＲＡẞＥ e\u0301t\u00e9 👍 ﬁn";
    FoldedText text = FoldedText.of(said);
    List<String> words = List.of("strasse", FoldedText.of("été").text(), "👍", "fin");
    assertEquals(
        List.of("Straße", "ＳＴＲＡẞＥ", "e\u0301t\u00e9", "👍", "ﬁn"),
        text.find(words, 100).stream()
            .map(place -> said.substring(place.get(0), place.get(1)))
            .toList());
    assertEquals(
        List.of(List.of(0, 6)), FoldedText.of("banana").find(List.of("ana", "banan", "na"), 9));
  }

  @Test
  void ofALongQueryThoseAreAskedForThatAreSeldom() {
    Set<Integer> seldom = wanted("xylophone", "and", "quartz", "there", "others");
    assertEquals(12, seldom.size());
    assertTrue(seldom.containsAll(wanted("tz")) && seldom.containsAll(wanted("qu")));
    assertFalse(seldom.containsAll(wanted("er")));
  }

  @Test
  void numbersAreBoundedAndTheSameForEver() {
    int[] grams =
        Grams.of(List.of(FoldedText.of("x".repeat(10) + " 東")), ANN, Set.of(Carried.LINK));
    assertTrue(Arrays.stream(grams).allMatch(gram -> gram >= 0 && gram < Grams.KINDS));
    // Stored: another number would make every index wrong.
    assertArrayEquals(new int[] {1065, 7724, 10488, 10555}, grams, () -> Arrays.toString(grams));
    StringBuilder all = new StringBuilder();
    for (int c = 0x4E00; c < 0x4E00 + 4_000; c++) {
      all.appendCodePoint(c);
    }
    assertTrue(of(all.toString()).size() <= 8_001);
  }
}

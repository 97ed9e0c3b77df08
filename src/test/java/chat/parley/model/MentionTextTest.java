package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.CpuTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MentionTextTest {
  private static final int HUGE = 64 << 10;
  private static final Duration LITTLE = Duration.ofMillis(50);

  private static List<String> keys(String text) {
    return MentionText.of(text).keys();
  }

  @ParameterizedTest
  @CsvSource({
    "@anna, anna",
    "hello @anna!, anna",
    "(@anna), anna",
    "**@anna**, anna",
    "> @anna said, anna",
    "'@anna, hello', anna",
    "@ANNA, anna",
    "@Ａｎｎａ, anna",
    "@anna_b, anna_b",
    "@_anna, _anna",
    "@a.b-c, a.b-c",
    "@王伟 你好, 王伟",
    "@Straße, strasse",
    "@7of9, 7of9"
  })
  void namesAreFoundUnderTheirKeys(String text, String key) {
    assertEquals(List.of(key), keys(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nobody",
        "@",
        "@ anna",
        "@@anna",
        "@._-",
        "anna@example.org",
        "a.@anna",
        "a-@anna",
        "https://example.org/@anna",
        "\\@anna",
        "`@anna`",
        "``a ` @anna``",
        "```\n@anna\n```",
        "~~~ text\n@anna\n~~~",
        "   ````\n```\n@anna\n````",
        "```\n@anna to the end",
        "words\n```java\n@anna\n"
      })
  void whatOnlyLooksLikeOneIsNone(String text) {
    assertEquals(MentionText.NONE, MentionText.of(text));
  }

  @Test
  void pointBehindANameEndsASentenceOrBelongsToIt() {
    assertEquals(List.of("anna", "anna."), keys("I saw @anna."));
    assertEquals(List.of("anna", "anna.--"), keys("@anna.--"));
    assertEquals(List.of("anna_"), keys("@anna_"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "` @anna",
        "`` a ` @anna",
        "`a` @anna `b`",
        "`open\n\n@anna`",
        "```\ncode\n```\n@anna",
        "``` not a fence, these are words ```\n@anna",
        "````\n```\n````\n@anna"
      })
  void codeEndsWhereItEnds(String text) {
    assertEquals(List.of("anna"), keys(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@room", "@ROOM.", "come, @room!", "@anna @room"})
  void roomIsEverybody(String text) {
    assertTrue(MentionText.of(text).room());
    assertEquals(text.contains("anna") ? List.of("anna") : List.of(), keys(text));
  }

  @Test
  void eachCountsOnceAndNoMoreThanTwentyDo() {
    assertEquals(List.of("anna", "bob"), keys("@anna @bob @Anna @anna"));
    String crowd =
        IntStream.range(0, 50).mapToObj(i -> "@user" + i).collect(Collectors.joining(" "));
    assertEquals(MentionText.MOST, keys(crowd).size());
    assertTrue(MentionText.of(crowd + " @room").room());
  }

  /** S69: whatever 64 KiB hold, the time is of the length. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "@a",
        "@a ",
        "`",
        "` ",
        "`@a``",
        "``` @a\n",
        "```\n",
        "~",
        "\\@",
        "@.",
        "@-._",
        " ",
        "\n",
        "@a\u0301",
        "@ﷺ ",
        "(((",
        "*",
        "["
      })
  void hugeTextsTakeNoTime(String part) {
    StringBuilder runs = new StringBuilder();
    for (int i = 1; runs.length() < HUGE; i++) {
      runs.append(part).append("`".repeat(i % 300));
    }
    for (String text : List.of(part.repeat(HUGE / part.length()), runs + "@anna")) {
      Duration least = CpuTime.least(LITTLE, () -> MentionText.of(text));
      assertTrue(least.compareTo(LITTLE) <= 0, () -> part + " took " + least);
    }
  }
}

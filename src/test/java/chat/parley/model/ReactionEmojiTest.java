package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One emoji, in one way of writing it. */
class ReactionEmojiTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D\uDC4D",
        "\uD83D\uDC4D\uD83C\uDFFD",
        "\u2764\uFE0F",
        "\u2764\uFE0F\u200D\uD83D\uDD25",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66",
        "\uD83D\uDC69\uD83C\uDFFB\u200D\u2764\uFE0F\u200D\uD83D\uDC8B\u200D\uD83D\uDC68\uD83C\uDFFB",
        "\uD83D\uDD75\uFE0F\u200D\u2642\uFE0F",
        "\uD83D\uDD75\uD83C\uDFFB\u200D\u2642\uFE0F",
        "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
        "\uD83C\uDDE9\uD83C\uDDEA",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
        "3\uFE0F\u20E3",
        "#\uFE0F\u20E3",
        "\u2705",
        "\u261D\uD83C\uDFFB",
        "\uD83E\uDEE0",
        "\uD83E\uDEEA"
      })
  void fullyQualifiedStaysAsItIs(String emoji) {
    assertEquals(emoji, ReactionEmoji.canonical(emoji));
    assertEquals(emoji, ReactionEmoji.canonical(emoji.replace("\uFE0F", "")));
  }

  @Test
  void whatLooksTheSameIsTheSame() {
    assertEquals("\uD83D\uDC4D", ReactionEmoji.canonical("\uD83D\uDC4D\uFE0F"));
    assertEquals("\u2764\uFE0F", ReactionEmoji.canonical("\u2764"));
    assertEquals("1\uFE0F\u20E3", ReactionEmoji.canonical("1\u20E3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "1",
        "#",
        "no",
        ":)",
        "\uD83D\uDC4D ",
        "\uD83D\uDC4Da",
        "\uD83D\uDC4D\uD83D\uDC4D",
        "\uD83D\uDC4D\u200D",
        "\u200D\uD83D\uDC4D",
        "\uD83D\uDC4D\u200D\u200D\uD83D\uDC4D",
        "\uFE0F",
        "\u200D",
        "\u20E3",
        "\uD83C\uDDE9",
        "\uD83C\uDDE9a",
        "\uD83C\uDFF4\uDB40\uDC67",
        "\uD83D\uDC4D\uD83C\uDFFD\uD83C\uDFFD",
        "\uD83D\uDC4D\u0301",
        "\u202E\uD83D\uDC4D",
        "\uD83D",
        "\u4E2D",
        "\u0000",
        "<b>",
        "\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68\u200D\uD83D\uDC68"
      })
  void anythingElseIsNone(String text) {
    assertNull(ReactionEmoji.canonical(text));
  }
}

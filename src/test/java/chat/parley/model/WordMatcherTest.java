package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.model.FilterWords.Action;
import chat.parley.model.WordMatcher.Verdict;
import chat.parley.model.WordMatcher.Word;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Words are found as whole words, however they are spelled, and nothing else is. */
class WordMatcherTest {
  private static WordMatcher refusing(String... words) {
    return new WordMatcher(
        List.of(words).stream().map(word -> new Word(word, Action.REFUSE)).toList());
  }

  private static boolean finds(String word, String text) {
    return word.equals(refusing(word).judge(text).refused());
  }

  @Test
  void wordIsFoundHoweverItIsSpelled() {
    for (String text :
        List.of(
            "darn",
            "DARN!",
            "oh, darn.",
            "**darn**",
            "ＤＡＲＮ",
            "d\u00ADa\u200Brn",
            "𝐝𝐚𝐫𝐧 it",
            "it's\ndarn\ncold")) {
      assertEquals(true, finds("Darn", text), text);
    }
    assertEquals(true, finds("STRASSE", "in der Straße"));
    assertEquals(true, finds("café", "CAFE\u0301"));
    assertEquals(true, finds("very bad", "that is very \t\n bad indeed"));
    assertEquals(true, finds("c++", "I like c++, too"));
  }

  @Test
  void partOfAWordIsNotTheWord() {
    for (String text : List.of("darning", "undarn", "darn2", "Darnaway", "d a r n", "", "dar")) {
      assertEquals(false, finds("darn", text), text);
    }
    assertEquals(false, finds("very bad", "very badly"));
    assertEquals(false, finds("कम", "कमी"), "a vowel sign goes on with the word");
    assertEquals(false, finds("c++", "c+"));
  }

  @Test
  void scriptsWithoutBlanksNeedNone() {
    assertEquals(true, finds("東京", "明日は東京へ行く"));
    assertEquals(true, finds("เลว", "คนเลวมาก"));
    assertEquals(false, finds("東京", "東の京"));
  }

  @Test
  void oneThatRefusesAndOneThatFlagsAreBothTold() {
    WordMatcher words =
        new WordMatcher(
            List.of(
                new Word("she", Action.FLAG),
                new Word("he", Action.FLAG),
                new Word("hers and his", Action.REFUSE)));
    assertEquals(new Verdict(null, "she"), words.judge("she said"));
    assertEquals(new Verdict("hers and his", "he"), words.judge("he took hers and his"));
    assertEquals(Verdict.CLEAN, words.judge("ushers and hist"));
    assertEquals(Verdict.CLEAN, WordMatcher.NONE.judge("she"));
    assertEquals("", WordMatcher.key(" \u200B "));
  }

  /** Against looking for each word by itself. */
  @Test
  void manyWordsAreFoundAsOneByOne() {
    Random random = new Random(20261201);
    for (int round = 0; round < 300; round++) {
      List<String> words =
          IntStream.range(0, 1 + random.nextInt(12)).mapToObj(i -> noise(random, 4)).toList();
      WordMatcher all = refusing(words.toArray(String[]::new));
      for (int i = 0; i < 20; i++) {
        String text = noise(random, 30);
        boolean any = words.stream().anyMatch(word -> isWordOf(word.strip(), text));
        assertEquals(any, all.judge(text).refused() != null, words + " in " + text);
      }
    }
  }

  private static String noise(Random random, int most) {
    return IntStream.range(0, 1 + random.nextInt(most))
        .mapToObj(i -> "ab ab-東".substring(random.nextInt(7)).substring(0, 1))
        .collect(Collectors.joining());
  }

  private static boolean isWordOf(String word, String text) {
    String folded = WordMatcher.key("|" + text + "|");
    String key = WordMatcher.key(word);
    for (int at = folded.indexOf(key);
        at >= 0 && !key.isEmpty();
        at = folded.indexOf(key, at + 1)) {
      if (isEdge(folded, at) && isEdge(folded, at + key.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEdge(String text, int at) {
    return !(Character.isLowerCase(text.charAt(at - 1)) && Character.isLowerCase(text.charAt(at)));
  }
}

package chat.parley.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for many words and phrases in a text at once (Aho and Corasick, 1975), as whole words and
 * however they are spelled: both sides are folded as search folds them. O(length of the text)
 * whatever the number of words; memory O(length of all words). Immutable.
 */
public final class WordMatcher {
  /** Finds nothing, and costs nothing. */
  public static final WordMatcher NONE = new WordMatcher(List.of());

  /** One of the words. */
  public record Word(String word, FilterWords.Action action) {}

  /**
   * What was found, each the first of its kind; null for none.
   *
   * @param refused the word for which the text is not taken
   * @param flagged the word of which administrators are told
   */
  public record Verdict(String refused, String flagged) {
    /** Nothing to object to. */
    public static final Verdict CLEAN = new Verdict(null, null);

    private Verdict and(Word found) {
      return found.action() == FilterWords.Action.REFUSE
          ? new Verdict(refused == null ? found.word() : refused, flagged)
          : new Verdict(refused, flagged == null ? found.word() : flagged);
    }
  }

  /** From a state by a character to the next, both in one number. */
  private final Map<Long, Integer> steps = new HashMap<>();

  /** The word that ends in a state, and its length. */
  private Word[] words = new Word[16];

  private int[] lengths = new int[16];

  /** The longest other state that what led here ends with, and the nearest such with a word. */
  private int[] fallbacks;

  private int[] shorter;
  private int states = 1;

  public WordMatcher(List<Word> list) {
    list.forEach(this::add);
    link();
  }

  /** How a word is compared; empty when nothing of it can be. */
  public static String key(String word) {
    return FoldedText.of(word).text().strip();
  }

  private void add(Word word) {
    String key = key(word.word());
    int state = 0;
    for (int i = 0; i < key.length(); i++) {
      state = steps.computeIfAbsent(step(state, key.charAt(i)), step -> states++);
    }
    if (state != 0) {
      if (states > words.length) {
        words = Arrays.copyOf(words, 2 * states);
        lengths = Arrays.copyOf(lengths, 2 * states);
      }
      words[state] = word;
      lengths[state] = key.length();
    }
  }

  /** Breadth first: whatever a state falls back to is nearer to the beginning. */
  private void link() {
    words = Arrays.copyOf(words, states);
    lengths = Arrays.copyOf(lengths, states);
    fallbacks = new int[states];
    shorter = new int[states];
    Map<Integer, Map<Character, Integer>> children = new HashMap<>();
    steps.forEach(
        (step, to) ->
            children
                .computeIfAbsent((int) (step >> 16), state -> new HashMap<>())
                .put((char) step.longValue(), to));
    Deque<Integer> next = new ArrayDeque<>(List.of(0));
    while (!next.isEmpty()) {
      int state = next.poll();
      children
          .getOrDefault(state, Map.of())
          .forEach(
              (character, to) -> {
                int fallback = state == 0 ? 0 : follow(fallbacks[state], character);
                fallbacks[to] = fallback;
                shorter[to] = words[fallback] == null ? shorter[fallback] : fallback;
                next.add(to);
              });
    }
  }

  private static long step(int state, char character) {
    return (long) state << 16 | character;
  }

  private int follow(int from, char character) {
    int state = from;
    Integer to = steps.get(step(state, character));
    while (to == null && state != 0) {
      state = fallbacks[state];
      to = steps.get(step(state, character));
    }
    return to == null ? 0 : to;
  }

  /** Which of the words stand in a text. */
  public Verdict judge(String text) {
    return steps.isEmpty() ? Verdict.CLEAN : judgeFolded(FoldedText.of(text).text());
  }

  private Verdict judgeFolded(String text) {
    Verdict verdict = Verdict.CLEAN;
    int state = 0;
    for (int i = 0; i < text.length() && verdict.refused() == null; i++) {
      state = follow(state, text.charAt(i));
      for (int end = state; end != 0; end = shorter[end]) {
        if (words[end] != null && isWhole(text, i + 1 - lengths[end], i + 1)) {
          verdict = verdict.and(words[end]);
        }
      }
    }
    return verdict;
  }

  private static boolean isWhole(String text, int from, int to) {
    return isEdge(text, from) && isEdge(text, to);
  }

  /** Between two letters or digits there is an edge only in scripts without blanks. */
  private static boolean isEdge(String text, int at) {
    if (at == 0 || at == text.length()) {
      return true;
    }
    int before = text.codePointBefore(at);
    int after = text.codePointAt(at);
    return !isOfWord(before)
        || !isOfWord(after)
        || Grams.isWritten(before)
        || Grams.isWritten(after);
  }

  private static boolean isOfWord(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }
}

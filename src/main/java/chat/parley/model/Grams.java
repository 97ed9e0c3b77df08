package chat.parley.model;

import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the search index keeps of a message: its pairs of neighbouring characters, so that any part
 * of a word is found in any script; characters that are words of their own; who said it and what it
 * carries. Each is a number below {@link #KINDS}. Different ones may share a number: who finds by
 * them looks at the message itself. A message has at most as many as it has characters, and some 90
 * in 130 characters of English.
 */
public final class Grams {
  public static final int KINDS = 1 << 14;

  /** More of a query would cost more to look up than they leave out. */
  private static final int MOST_ASKED = 12;

  /** Letters by how often they are met, for a guess which pairs leave out most. */
  private static final String FREQUENT_FIRST = "etaoinsrhldcumfpgwybvkxjqz";

  private static final long PAIR = 1L << 48;
  private static final long SINGLE = 2L << 48;
  private static final long SENDER = 3L << 48;
  private static final long CARRIES = 4L << 48;

  private Grams() {}

  /** Of a message, ascending. */
  public static int[] of(Collection<FoldedText> texts, UUID sender, Collection<Carried> carried) {
    BitSet grams = new BitSet(KINDS);
    texts.forEach(text -> add(text.text(), grams));
    grams.set(sender(sender));
    carried.forEach(each -> grams.set(carries(each)));
    return grams.stream().toArray();
  }

  /** That every message has in which all of these are found; of many those that are seldom. */
  public static int[] wanted(List<String> words, UUID sender, Collection<Carried> carried) {
    Set<Integer> grams = new LinkedHashSet<>();
    if (sender != null) {
      grams.add(sender(sender));
    }
    carried.forEach(each -> grams.add(carries(each)));
    words.stream()
        .flatMap(Grams::asked)
        .sorted(Comparator.comparingInt(Asked::seldom).reversed())
        .map(Asked::gram)
        .distinct()
        .limit(MOST_ASKED)
        .forEach(grams::add);
    return grams.stream().mapToInt(Integer::intValue).toArray();
  }

  private record Asked(int gram, int seldom) {}

  private static Stream<Asked> asked(String word) {
    int[] characters = word.codePoints().toArray();
    if (characters.length == 1) {
      return Stream.of(new Asked(hash(SINGLE | characters[0]), seldom(characters[0])));
    }
    return IntStream.range(1, characters.length)
        .filter(i -> characters[i - 1] != ' ' && characters[i] != ' ')
        .mapToObj(
            i ->
                new Asked(
                    pair(characters[i - 1], characters[i]),
                    seldom(characters[i - 1]) + seldom(characters[i])));
  }

  private static int seldom(int character) {
    int place = FREQUENT_FIRST.indexOf(character);
    return place < 0 ? FREQUENT_FIRST.length() : place;
  }

  private static int pair(int before, int now) {
    return hash(PAIR | (long) before << 21 | now);
  }

  private static int sender(UUID id) {
    return hash(SENDER ^ id.getLeastSignificantBits() * 31 ^ id.getMostSignificantBits());
  }

  private static int carries(Carried each) {
    return hash(CARRIES | each.ordinal());
  }

  private static void add(String text, BitSet grams) {
    addPairs(text, grams);
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (standsAlone(text, at)) {
        grams.set(hash(SINGLE | text.codePointAt(at)));
      }
    }
  }

  private static void addPairs(String text, BitSet grams) {
    int before = ' ';
    for (int at = 0; at < text.length(); at += Character.charCount(before)) {
      int now = text.codePointAt(at);
      if (before != ' ' && now != ' ') {
        grams.set(pair(before, now));
      }
      before = now;
    }
  }

  /**
   * Whether the character at {@code at} of a folded text can be looked for alone: signs and the
   * characters of scripts without blanks anywhere, letters and digits only as words of one.
   */
  static boolean standsAlone(String text, int at) {
    int c = text.codePointAt(at);
    if (c == ' ') {
      return false;
    }
    if (!Character.isLetterOrDigit(c)) {
      return isSymbol(c) || isEdge(text, at, c, false);
    }
    return isWritten(c) || isEdge(text, at, c, true);
  }

  private static boolean isEdge(String text, int at, int c, boolean letter) {
    int after = at + Character.charCount(c);
    return (at == 0 || isOther(text.codePointBefore(at), letter))
        && (after == text.length() || isOther(text.codePointAt(after), letter));
  }

  private static boolean isOther(int neighbour, boolean letter) {
    return letter ? !Character.isLetterOrDigit(neighbour) : neighbour == ' ';
  }

  private static boolean isSymbol(int c) {
    int type = Character.getType(c);
    return type == Character.OTHER_SYMBOL || type == Character.CURRENCY_SYMBOL;
  }

  /** In scripts that put no blanks between words. */
  static boolean isWritten(int c) {
    if (c < 0xE00) {
      return false;
    }
    return Character.isIdeographic(c)
        || switch (Character.UnicodeScript.of(c)) {
          case HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
          default -> false;
        };
  }

  private static int hash(long gram) {
    long mixed = gram * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return (int) (mixed >>> 50);
  }
}

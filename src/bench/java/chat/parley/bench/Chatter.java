package chat.parley.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What people might say: words of English syllables, each half as frequent as one of half its rank
 * (as words are), 5 to 35 a line, and a hundredth of the lines in Japanese signs. The same for
 * every run.
 */
final class Chatter {
  private static final String[] SYLLABLES =
      ("the ing er a ly ed i es re tion in e con y ter ex al de com o di en an ty ry u ti ri be per to pro ac ad ar ers ment"
              + " or tions ble der ma na si un at dis ca cal man ap po sion vi el est la lar pa ture for is mer pe ra so ta as col fi"
              + " ful get low ni par son tle day ny pen pre tive car ci mo on ous pi se ten tor ver ber can dy et it mu no ple cu fac"
              + " fer gen ger hab how kin light mag mis nev ob oth qui sub sur wash wel work year")
          .split(" ");

  private static final int WORDS = 30_000;

  private final Random random = new Random(6);
  private final List<String> words;

  Chatter() {
    Set<String> made = new LinkedHashSet<>();
    while (made.size() < WORDS) {
      StringBuilder word = new StringBuilder();
      // The frequent ones are short.
      int syllables = 1 + random.nextInt(made.size() < 60 ? 1 : made.size() < 2_000 ? 2 : 4);
      for (int i = 0; i < syllables; i++) {
        word.append(SYLLABLES[(int) (Math.pow(random.nextDouble(), 1.6) * SYLLABLES.length)]);
      }
      made.add(word.toString());
    }
    words = new ArrayList<>(made);
  }

  String line() {
    return random.nextInt(100) == 0 ? signs() : words();
  }

  private String words() {
    int count = 5 + random.nextInt(31);
    StringBuilder line = new StringBuilder(8 * count);
    for (int i = 0; i < count; i++) {
      line.append(i == 0 ? "" : " ").append(word());
    }
    return line.toString();
  }

  private String word() {
    return words.get((int) Math.pow(WORDS, random.nextDouble()) - 1);
  }

  private String signs() {
    StringBuilder line = new StringBuilder();
    for (int i = 10 + random.nextInt(20); i > 0; i--) {
      line.appendCodePoint(0x4E00 + (int) (Math.pow(random.nextDouble(), 3) * 3_000));
    }
    return line.toString();
  }

  /** The word of a rank, 0 the most frequent. */
  String word(int rank) {
    return words.get(rank);
  }
}

package chat.parley.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A text as search compares it, and where each of its characters came from. Folded piece by piece
 * (a character with the marks that belong to it), so that a place in one is a place in the other;
 * blanks in a row are one blank. O(length), in both senses: a character folds to 18 at most.
 */
public final class FoldedText {
  private static final int PAGE = 256;

  /** More marks on a character are nobody's writing, and would be put in order all at once. */
  private static final int LONGEST_PIECE = 32;

  /** What single characters fold to, a page of 256 when one of them is met. */
  private static final String[][] KNOWN = new String[0x110000 / PAGE][];

  private static final String[] ASCII = new String[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = isBlank(c) ? " " : Character.toString(Character.toLowerCase(c));
    }
  }

  private final String text;
  private final int[] starts;
  private final int[] ends;

  private FoldedText(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  public static FoldedText of(String original) {
    return new Folding(original).done();
  }

  /** Lower case, composed, one blank between words. */
  public String text() {
    return text;
  }

  /**
   * Where any of {@code words} (each folded) stands in the original, as pairs of UTF-16 offsets,
   * ascending and apart from each other; at most {@code most}.
   */
  public List<List<Integer>> find(List<String> words, int most) {
    List<int[]> found = new ArrayList<>();
    for (String word : words) {
      int at = next(word, 0);
      for (int n = 0; at >= 0 && n < most; n++) {
        found.add(new int[] {starts[at], ends[at + word.length() - 1]});
        at = next(word, at + word.length());
      }
    }
    found.sort(Comparator.<int[]>comparingInt(each -> each[0]).thenComparingInt(each -> each[1]));
    List<List<Integer>> apart = new ArrayList<>();
    for (int[] each : found) {
      List<Integer> last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
      if (last != null && each[0] <= last.get(1)) {
        apart.set(apart.size() - 1, List.of(last.get(0), Math.max(last.get(1), each[1])));
      } else if (apart.size() < most) {
        apart.add(List.of(each[0], each[1]));
      }
    }
    return apart;
  }

  public boolean contains(String word) {
    return next(word, 0) >= 0;
  }

  /** A letter or digit alone is looked for as a word of its own: within words it says nothing. */
  private int next(String word, int from) {
    int at = text.indexOf(word, from);
    if (word.codePointCount(0, word.length()) == 1) {
      while (at >= 0 && !Grams.standsAlone(text, at)) {
        at = text.indexOf(word, at + word.length());
      }
    }
    return at;
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  /** Nothing that a reader sees: joiners, soft hyphens, marks of direction, variants of signs. */
  private static boolean isNothing(int c) {
    return Character.getType(c) == Character.FORMAT || c >= 0xFE00 && c <= 0xFE0F;
  }

  private static boolean belongsToBefore(int c) {
    if (c < 0x300) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || c >= 0x1160 && c <= 0x11FF
        || c == 0xFF9E
        || c == 0xFF9F;
  }

  private static String single(int c) {
    if (c < ASCII.length) {
      return ASCII[c];
    }
    String[] page = KNOWN[c / PAGE];
    if (page == null) {
      page = new String[PAGE];
      KNOWN[c / PAGE] = page;
    }
    String known = page[c % PAGE];
    if (known == null) {
      known = isNothing(c) ? "" : isBlank(c) ? " " : piece(Character.toString(c));
      page[c % PAGE] = known;
    }
    return known;
  }

  /** Folded, with plain blanks: what a sign stands for may hold others, ﷺ three. */
  private static String piece(String original) {
    String folded = Fold.key(original);
    StringBuilder plain = new StringBuilder(folded);
    for (int i = 0; i < folded.length(); i++) {
      if (isBlank(folded.charAt(i))) {
        plain.setCharAt(i, ' ');
      }
    }
    return plain.toString();
  }

  private static final class Folding {
    private final String original;
    private final StringBuilder folded;
    private int[] starts;
    private int[] ends;

    /** As if a blank stood before the text: none opens it. */
    private char last = ' ';

    Folding(String original) {
      this.original = original;
      this.folded = new StringBuilder(original.length() + 8);
      this.starts = new int[original.length() + 8];
      this.ends = new int[original.length() + 8];
    }

    FoldedText done() {
      int at = 0;
      while (at < original.length()) {
        int first = original.codePointAt(at);
        int end = at + Character.charCount(first);
        boolean several = false;
        while (end < original.length()
            && end - at < LONGEST_PIECE
            && belongsToBefore(original.codePointAt(end))) {
          int mark = original.codePointAt(end);
          several |= !isNothing(mark);
          end += Character.charCount(mark);
        }
        add(several ? piece(original.substring(at, end)) : single(first), at, end);
        at = end;
      }
      return new FoldedText(folded.toString(), starts, ends);
    }

    private void add(String piece, int start, int end) {
      room(piece.length());
      for (int i = 0; i < piece.length(); i++) {
        char c = piece.charAt(i);
        if (c != ' ' || last != ' ') {
          int n = folded.length();
          starts[n] = start;
          ends[n] = end;
          folded.append(c);
          last = c;
        }
      }
    }

    private void room(int more) {
      if (folded.length() + more > starts.length) {
        int length = 2 * starts.length + more;
        starts = Arrays.copyOf(starts, length);
        ends = Arrays.copyOf(ends, length);
      }
    }
  }
}

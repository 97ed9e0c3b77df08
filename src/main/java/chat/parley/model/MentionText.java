package chat.parley.model;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a text calls: {@code @username}, and {@code @room} for everybody in it. Not in code, not
 * where an at sign stands within a word, an e-mail address or a path, and not after a backslash;
 * the page's Markdown reads it alike. O(length), whatever the text.
 *
 * @param keys what the names are found under, at most two of each: a dot or dash behind a name ends
 *     a sentence, or belongs to the name
 * @param room whether it calls everybody
 */
public record MentionText(List<String> keys, boolean room) {
  /** More people than this a message does not call; those named first count. */
  public static final int MOST = 20;

  public static final MentionText NONE = new MentionText(List.of(), false);

  private static final String ROOM = "room";
  private static final int LONGEST_NAME = 64;

  public static MentionText of(String text) {
    return text.indexOf('@') < 0 ? NONE : new Reader(text).mentions();
  }

  public boolean isEmpty() {
    return keys.isEmpty() && !room;
  }

  /** Names stand in words, not in code. */
  private static final class Reader extends Prose {
    private final Set<String> read = new HashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private int names;
    private boolean room;

    Reader(String text) {
      super(text);
    }

    MentionText mentions() {
      read();
      return new MentionText(List.copyOf(keys), room);
    }

    @Override
    int after(char sign, int from, int at, int to) {
      return sign == '@' ? afterName(from, at, to) : at + 1;
    }

    private int afterName(int from, int at, int to) {
      int end = at + 1;
      int length = 0;
      while (end < to && ofName(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
        length++;
      }
      if (length > 0
          && length <= LONGEST_NAME
          && (at == from || !joins(text.codePointBefore(at)))) {
        take(text.substring(at + 1, end));
      }
      return end;
    }

    private static boolean ofName(int c) {
      return c == '.' || c == '_' || c == '-' || ofWord(c);
    }

    private static boolean ofWord(int c) {
      int type = Character.getType(c);
      return Character.isLetterOrDigit(c)
          || type == Character.NON_SPACING_MARK
          || type == Character.COMBINING_SPACING_MARK;
    }

    /** Whether what stands before an at sign makes it a part of something else. */
    private static boolean joins(int before) {
      return ofName(before) || before == '@' || before == '/';
    }

    private void take(String name) {
      int end = name.length();
      while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == '-')) {
        end--;
      }
      String plain = name.substring(0, end);
      if (plain.equalsIgnoreCase(ROOM)) {
        room = true;
      } else if (names < MOST && read.add(name) && plain.codePoints().anyMatch(Reader::ofWord)) {
        boolean isNew = keys.add(Fold.key(plain));
        isNew |= keys.add(Fold.key(name));
        names += isNew ? 1 : 0;
      }
    }
  }
}

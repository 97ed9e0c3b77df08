package chat.parley.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private static final String ESCAPABLE = "*_~`[]>#@.+-";

  public static MentionText of(String text) {
    return text.indexOf('@') < 0 ? NONE : new Reader(text).read();
  }

  public boolean isEmpty() {
    return keys.isEmpty() && !room;
  }

  /** One pass over the lines, and in each paragraph one over its signs. */
  private static final class Reader {
    private final String text;
    private final Set<String> read = new HashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private int names;
    private boolean room;

    Reader(String text) {
      this.text = text;
    }

    MentionText read() {
      int from = 0;
      String fence = null;
      for (int at = 0, next; at < text.length(); at = next) {
        int end = text.indexOf('\n', at);
        next = end < 0 ? text.length() : end + 1;
        String line = text.substring(at, next);
        boolean wasCode = fence != null;
        fence = wasCode ? afterCode(line, fence) : fence(line);
        if (!wasCode && (fence != null || line.isBlank())) {
          words(from, at);
        }
        if (wasCode || fence != null || line.isBlank()) {
          from = next;
        }
      }
      words(from, text.length());
      return new MentionText(List.copyOf(keys), room);
    }

    /** What opens a block of code, three to nine of a sign and one word behind it, or null. */
    private static String fence(String line) {
      String marks = marks(line);
      String behind = line.strip().substring(marks.length()).strip();
      boolean one = behind.length() <= 30 && behind.indexOf(' ') < 0 && behind.indexOf('`') < 0;
      return marks.length() >= 3 && marks.length() <= 9 && one ? marks : null;
    }

    /** Still {@code fence}, unless this line closes it. */
    private static String afterCode(String line, String fence) {
      String marks = marks(line);
      boolean closes = marks.startsWith(fence) && marks.length() == line.strip().length();
      return closes ? null : fence;
    }

    /** The run of backticks or tildes that a line begins with, after at most three spaces. */
    private static String marks(String line) {
      int from = 0;
      while (from < 3 && from < line.length() && line.charAt(from) == ' ') {
        from++;
      }
      char mark = from < line.length() ? line.charAt(from) : ' ';
      int to = from;
      while ((mark == '`' || mark == '~') && to < line.length() && line.charAt(to) == mark) {
        to++;
      }
      return line.substring(from, to);
    }

    private void words(int from, int to) {
      Map<Integer, Integer> lastTicks = null;
      for (int at = from; at < to; ) {
        char sign = text.charAt(at);
        if (sign == '\\' && at + 1 < to && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0) {
          at += 2;
        } else if (sign == '`') {
          lastTicks = lastTicks == null ? lastTicks(at, to) : lastTicks;
          at = afterSpan(at, to, lastTicks);
        } else if (sign == '@') {
          at = afterName(from, at, to);
        } else {
          at++;
        }
      }
    }

    /** Where the last run of each number of backticks begins. */
    private Map<Integer, Integer> lastTicks(int from, int to) {
      Map<Integer, Integer> last = new HashMap<>();
      for (int at = text.indexOf('`', from); at >= 0 && at < to; ) {
        int length = ticks(at, to);
        last.put(length, at);
        at = text.indexOf('`', at + length);
      }
      return last;
    }

    private int ticks(int at, int to) {
      int end = at;
      while (end < to && text.charAt(end) == '`') {
        end++;
      }
      return end - at;
    }

    /** A span ends at as many backticks as it began with; without those, they are but signs. */
    private int afterSpan(int at, int to, Map<Integer, Integer> lastTicks) {
      int length = ticks(at, to);
      int next = at + length;
      if (lastTicks.getOrDefault(length, -1) <= at) {
        return next;
      }
      while (ticks(next, to) != length) {
        next = text.indexOf('`', next + Math.max(1, ticks(next, to)));
      }
      return next + length;
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

package chat.parley.model;

import java.util.HashMap;
import java.util.Map;

/**
 * The words of a text, sign by sign, as the page's Markdown reads them: without what stands in
 * code, in spans or in blocks, and without what a backslash says is but a sign. O(length), if
 * whoever reads on does not look at anything twice.
 */
abstract class Prose {
  private static final String ESCAPABLE = "*_~`[]>#@.+-";

  final String text;

  Prose(String text) {
    this.text = text;
  }

  /**
   * Handles the sign at {@code at} in the paragraph from {@code from} to {@code to}; returns where
   * to go on.
   */
  abstract int after(char sign, int from, int at, int to);

  final void read() {
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
      } else {
        at = Math.max(at + 1, after(sign, from, at, to));
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
}

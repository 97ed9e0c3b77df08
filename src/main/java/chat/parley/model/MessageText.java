package chat.parley.model;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** What may be said in a message: the one rule, for REST and for sockets. */
public final class MessageText {
  public static final int MAX_CODE_POINTS = 4_000;
  public static final int MAX_BYTES = 16 * 1024;

  private MessageText() {}

  /** The same for the text of a message with files, which need no words. */
  public static String objectionBeside(Collection<?> files, String text) {
    return text.isEmpty() && !files.isEmpty() ? null : objection(text);
  }

  /** What is wrong with the text, in words for its author; null when nothing is. O(length). */
  public static String objection(String text) {
    if (text == null || text.isBlank()) {
      return "say something";
    }
    if (text.length() > 2 * MAX_CODE_POINTS
        || text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
      return "at most " + MAX_CODE_POINTS + " characters";
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "at most " + MAX_BYTES + " bytes";
    }
    return isStorable(text)
        ? null
        : "contains a character that is none (NUL or half a surrogate pair)";
  }

  /** Whether PostgreSQL and UTF-8 can hold the text: no NUL, no lone surrogate. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}

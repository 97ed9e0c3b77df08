package chat.parley.model;

import java.nio.charset.StandardCharsets;

/** What may be said in a message: the one rule for REST and sockets, pure. */
public final class MessageText {
  public static final int MAX_CODE_POINTS = 4_000;
  public static final int MAX_BYTES = 16 * 1024;

  private MessageText() {}

  /** Says what is wrong with the text in words for its writer; null when nothing is. O(length). */
  public static String problem(String text) {
    if (text.isBlank()) {
      return "A message needs some text";
    }
    if (!JsonTree.isStorable(text)) {
      return "The text holds a NUL or half a character";
    }
    boolean tooLong = text.codePointCount(0, text.length()) > MAX_CODE_POINTS
        || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    return tooLong ? "A message has at most 4,000 characters and 16 KiB" : null;
  }
}

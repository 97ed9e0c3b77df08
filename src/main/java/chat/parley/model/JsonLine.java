package chat.parley.model;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * One line of a log as JSON. Whatever a value holds, it stays one line, and a terminal that shows
 * it obeys nothing: all that is not seen is written as an escape. O(length).
 */
public final class JsonLine {
  private final StringBuilder line = new StringBuilder(256).append('{');

  /** Nothing for null. */
  public JsonLine put(String name, Object value) {
    if (value != null) {
      key(name).append('"');
      escape(value.toString());
      line.append('"');
    }
    return this;
  }

  public JsonLine put(String name, long value) {
    key(name).append(value);
    return this;
  }

  /** Milliseconds, to the microsecond. */
  public JsonLine millis(String name, long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    String part = Long.toString(1_000 + micros % 1_000);
    key(name).append(micros / 1_000).append('.').append(part, 1, part.length());
    return this;
  }

  /** With the line's end. */
  public byte[] bytes() {
    return (line + "}\n").getBytes(StandardCharsets.UTF_8);
  }

  private StringBuilder key(String name) {
    if (line.length() > 1) {
      line.append(',');
    }
    return line.append('"').append(name).append("\":");
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (isUnseen(c)) {
        String digits = Integer.toHexString(0x10000 | c);
        line.append("\\u").append(digits, 1, digits.length());
      } else {
        line.append(c);
      }
    }
  }

  /** Controls, ends of lines, and what turns the direction of writing. */
  private static boolean isUnseen(char c) {
    return c < 0x20
        || c >= 0x7f
            && switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR ->
                  true;
              default -> false;
            };
  }
}

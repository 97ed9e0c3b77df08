package chat.parley.http;

import chat.parley.bus.Problem;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes {@code multipart/form-data} (RFC 7578) apart while it comes, in one pass: keeps a few
 * kilobytes whatever there is, and refuses with MALFORMED what has too many parts or too long
 * heads. Netty's own turns commas, colons and quotes in names into something else.
 */
final class Multipart {
  private static final int MOST_PARTS = 8;
  private static final int LONGEST_HEAD = 4 * 1024;
  private static final int MOST_AROUND = 1024;
  private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))\\s*(?:;.*)?");

  private static final Pattern DISPOSITION =
      Pattern.compile("(?im)^content-disposition:\\s*form-data(.*)$");

  /** A quote within a value comes as {@code \"} or, of browsers, as {@code %22}. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*(name|filename|filename\\*)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\\"|\\\\)*)\"|([^\\s;\"]+))",
          Pattern.CASE_INSENSITIVE);

  /** Hears of parts, one after the other. */
  interface Listener {
    /** {@code fileName} is null for a field. */
    void begins(String name, String fileName);

    void continues(byte[] bytes, int from, int to);

    void ends();
  }

  private enum At {
    PREAMBLE,
    BOUNDARY,
    HEAD,
    BODY,
    END
  }

  private final byte[] delimiter;

  /** How far the delimiter may move on, by the byte that stands where it would end. */
  private final int[] skips = new int[256];

  private final Listener listener;

  /** What may be the beginning of something; at first the end of a line before the body. */
  private byte[] left = ascii("\r\n");

  private At at = At.PREAMBLE;
  private int parts;
  private int around;

  private Multipart(String boundary, Listener listener) {
    this.delimiter = ascii("\r\n--" + boundary);
    Arrays.fill(skips, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      skips[delimiter[i] & 0xff] = delimiter.length - 1 - i;
    }
    this.listener = listener;
  }

  /** Throws UNSUPPORTED_TYPE for another type, and MALFORMED without a boundary. */
  static Multipart of(String contentType, Listener listener) {
    String type = contentType == null ? "" : contentType.strip();
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw Problem.UNSUPPORTED_TYPE.because("Send multipart/form-data with a part named file");
    }
    Matcher said = BOUNDARY.matcher(type);
    if (!said.matches()) {
      throw Problem.MALFORMED.because("The content type names no boundary");
    }
    return new Multipart(said.group(1) == null ? said.group(2) : said.group(1), listener);
  }

  /** Whether the last boundary has come. */
  boolean isWhole() {
    return at == At.END;
  }

  void take(Buffer chunk) {
    byte[] bytes = Arrays.copyOf(left, left.length + chunk.length());
    chunk.getBytes(bytes, left.length);
    int from = 0;
    At before;
    int begun;
    do {
      before = at;
      begun = from;
      from = step(bytes, from);
    } while (from < bytes.length && (from > begun || at != before));
    left = Arrays.copyOfRange(bytes, from, bytes.length);
  }

  /** Gives how far it came; no further, and no change, means that more bytes are needed. */
  private int step(byte[] bytes, int from) {
    return switch (at) {
      case PREAMBLE -> preamble(bytes, from);
      case BOUNDARY -> boundary(bytes, from);
      case HEAD -> head(bytes, from);
      case BODY -> body(bytes, from);
      case END -> skipped(bytes.length - from, bytes.length);
    };
  }

  private int skipped(int count, int to) {
    around += count;
    if (around > MOST_AROUND) {
      throw malformed();
    }
    return to;
  }

  private int preamble(byte[] bytes, int from) {
    int found = delimiter(bytes, from);
    if (found < 0) {
      int safe = Math.max(from, bytes.length - delimiter.length + 1);
      return skipped(safe - from, safe);
    }
    skipped(found - from, found);
    at = At.BOUNDARY;
    return found + delimiter.length;
  }

  private int boundary(byte[] bytes, int from) {
    if (bytes.length - from < 2) {
      return from;
    }
    if (bytes[from] == '-' && bytes[from + 1] == '-') {
      at = At.END;
    } else if (bytes[from] == '\r' && bytes[from + 1] == '\n' && ++parts <= MOST_PARTS) {
      at = At.HEAD;
      // Its line ends are a part of what ends a head, also of an empty one.
      return from;
    } else {
      throw malformed();
    }
    return from + 2;
  }

  private int head(byte[] bytes, int from) {
    int found = find(bytes, from, END_OF_HEAD);
    if (found < 0 ? bytes.length - from > LONGEST_HEAD : found - from > LONGEST_HEAD) {
      throw malformed();
    }
    if (found < 0) {
      return from;
    }
    begin(new String(bytes, from, found - from, StandardCharsets.UTF_8));
    at = At.BODY;
    // The last line end may be the first of the delimiter after an empty part.
    return found + END_OF_HEAD.length;
  }

  private void begin(String head) {
    Matcher disposition = DISPOSITION.matcher(head.replace("\r\n", "\n"));
    if (!disposition.find()) {
      throw malformed();
    }
    String name = null;
    String file = null;
    String exact = null;
    Matcher parameter = PARAMETER.matcher(disposition.group(1));
    while (parameter.find()) {
      String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
        case "name" -> name = value;
        case "filename" -> file = FileNames.unescaped(value);
        default -> exact = FileNames.exact(value);
      }
    }
    if (name == null) {
      throw malformed();
    }
    listener.begins(name, exact == null ? file : exact);
  }

  private int body(byte[] bytes, int from) {
    int found = delimiter(bytes, from);
    int safe = found < 0 ? Math.max(from, bytes.length - delimiter.length + 1) : found;
    if (safe > from) {
      listener.continues(bytes, from, safe);
    }
    if (found < 0) {
      return safe;
    }
    listener.ends();
    at = At.BOUNDARY;
    return found + delimiter.length;
  }

  /**
   * As Horspool searches: of a file's bytes it looks at one of as many as the delimiter has. O(n)
   * whatever comes, since the delimiter begins with a byte that it has only there.
   */
  private int delimiter(byte[] bytes, int from) {
    int end = delimiter.length - 1;
    for (int i = from; i + end < bytes.length; i += skips[bytes[i + end] & 0xff]) {
      if (bytes[i] == '\r'
          && Arrays.equals(bytes, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i;
      }
    }
    return -1;
  }

  /** O(n): what is looked for is short. */
  private static int find(byte[] bytes, int from, byte[] what) {
    int last = bytes.length - what.length;
    for (int i = from; i <= last; i++) {
      if (bytes[i] == what[0] && Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static RuntimeException malformed() {
    return Problem.MALFORMED.because("The body broke off or is no multipart/form-data");
  }
}

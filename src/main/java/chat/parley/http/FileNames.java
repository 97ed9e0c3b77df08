package chat.parley.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What files are called: by those who send them, and in the headers of those who fetch them. */
final class FileNames {
  private static final int MOST = 255;
  private static final int SHOWN = 40;
  private static final String UTF_8 = "UTF-8''";

  private FileNames() {}

  /** Without folders and without what nobody can see or what turns the rest around. */
  static String clean(String claimed) {
    String name = claimed == null ? "" : claimed;
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder clean = new StringBuilder();
    name.codePoints().filter(FileNames::isShown).limit(MOST).forEach(clean::appendCodePoint);
    String left = clean.toString().strip();
    return left.isEmpty() || left.matches("\\.+") ? "file" : left;
  }

  /** Browsers escape what would end the header's value by per cent, others by a backslash. */
  static String unescaped(String claimed) {
    return claimed.replace("%22", "\"").replace("\\\"", "\"").replace("%0D", "").replace("%0A", "");
  }

  /** By RFC 8187; null for what is not. */
  static String exact(String value) {
    if (!value.regionMatches(true, 0, UTF_8, 0, UTF_8.length())) {
      return null;
    }
    try {
      String escaped = value.substring(UTF_8.length()).replace("+", "%2B");
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      return null;
    }
  }

  private static boolean isShown(int c) {
    int kind = Character.getType(c);
    return kind != Character.CONTROL
        && kind != Character.FORMAT
        && kind != Character.SURROGATE
        && kind != Character.UNASSIGNED
        && kind != Character.PRIVATE_USE
        && kind != Character.LINE_SEPARATOR
        && kind != Character.PARAGRAPH_SEPARATOR;
  }

  /** Of a part's name, in words about it. */
  static String shown(String part) {
    String clean = part == null ? "" : clean(part);
    return clean.length() > SHOWN ? clean.substring(0, SHOWN) : clean;
  }

  /** RFC 6266: plain for old clients, and exact by RFC 8187. */
  static String disposition(boolean inline, String name) {
    String plain = name.replaceAll("[^\\x20-\\x7e]", "_").replaceAll("[\"\\\\%]", "_");
    String exact =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return (inline ? "inline" : "attachment")
        + "; filename=\""
        + plain
        + "\"; filename*=UTF-8''"
        + exact;
  }
}

package chat.parley.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses addresses that do not decode to clean text: broken percent signs, bytes that are not
 * UTF-8, control characters, a flood of parameters. Behind it a path or query value can go into the
 * database as it is. O(length).
 */
final class UriGuard {
  private static final int MOST_PARAMETERS = 100;

  private UriGuard() {}

  /** What is wrong with a raw request target; null when nothing is. */
  static String problem(String uri) {
    if (parameters(uri) >= MOST_PARAMETERS) {
      return "There are too many parameters";
    }
    return isPlain(uri) ? null : problemOfBytes(uri);
  }

  private static int parameters(String uri) {
    int found = 0;
    for (int at = uri.indexOf('&'); at >= 0; at = uri.indexOf('&', at + 1)) {
      found++;
    }
    return found;
  }

  /** Most are: nothing to decode, nothing that could be wrong. */
  private static boolean isPlain(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '%') {
        return false;
      }
    }
    return true;
  }

  private static String problemOfBytes(String uri) {
    byte[] bytes = percentDecoded(uri);
    if (bytes == null) {
      return "The address holds a broken percent sign";
    }
    for (byte b : bytes) {
      if (b >= 0 && b < 0x20 || b == 0x7f) {
        return "The address holds a control character";
      }
    }
    return isUtf8(bytes) ? null : "The address is not UTF-8";
  }

  private static byte[] percentDecoded(String uri) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 <= uri.length() - 1 ? Character.digit(uri.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(uri.charAt(i + 2), 16);
      if (low < 0) {
        return null;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return bytes.toByteArray();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

package chat.parley.bench.load;

/**
 * Finds a key in frames of one shape: looks where it stood the last time, and searches only when it
 * has moved, which it does when a number gains a digit.
 */
final class Scan {
  private final byte[] key;
  private final int from;
  private int place;

  /**
   * @param key what stands before the number, such as {@code "seq":}
   * @param from no byte of a frame before this one is looked at when searching
   */
  Scan(String key, int from) {
    this.key = Dialect.bytes(key);
    this.from = from;
    this.place = from;
  }

  /** The number behind the key in this frame, or -1. */
  long number(byte[] bytes, int start, int end) {
    if (!stands(bytes, start + place, end)) {
      place = search(bytes, start, end);
      if (place < 0) {
        place = from;
        return -1;
      }
    }
    return number(bytes, start + place + key.length, end - 1, 19);
  }

  private int search(byte[] bytes, int start, int end) {
    for (int at = start + from; at + key.length < end; at++) {
      if (stands(bytes, at, end)) {
        return at - start;
      }
    }
    return -1;
  }

  private boolean stands(byte[] bytes, int at, int end) {
    if (at + key.length > end) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (bytes[at + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  /** Decimal digits, at most so many. */
  static long number(byte[] bytes, int at, int end, int digits) {
    long value = 0;
    for (int i = at; i < end && i < at + digits; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}

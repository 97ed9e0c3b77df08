package chat.parley.auth;

/**
 * What a key for a program looks like: a word that scanners of leaked secrets can find, and 256
 * random bits.
 */
final class KeyText {
  private static final String PREFIX = "parley_";

  private KeyText() {}

  static String next() {
    return PREFIX + Secrets.next();
  }

  /** Whether we could have made it. */
  static boolean isOurs(String text) {
    return text != null
        && text.startsWith(PREFIX)
        && Secrets.isOurs(text.substring(PREFIX.length()));
  }
}

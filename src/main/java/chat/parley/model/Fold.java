package chat.parley.model;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The key under which a name is found: two names that a reader would take for the same (case,
 * width, ligatures) have one key. Made here and never by the database, whose {@code lower()}
 * depends on its locale.
 */
public final class Fold {
  private Fold() {}

  /** NFKC and case folding, O(length); the key of a key is itself. */
  public static String key(String name) {
    // Down, up and down again: ẞ meets ß only below, and ß meets ss only above.
    String upper = lower(nfkc(name)).toUpperCase(Locale.ROOT);
    return nfkc(lower(nfkc(upper)));
  }

  /** By code point: the lower case of Σ in a string depends on its neighbours. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    return lower.toString();
  }

  /**
   * The compatible composed form: full-width, circled and mathematical letters become plain ones.
   */
  public static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** The composed form: the same characters, spelled one way. */
  public static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}

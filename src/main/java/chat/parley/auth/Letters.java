package chat.parley.auth;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may stand in a name: nothing invisible, nothing that turns the line around, nothing that
 * only looks the same.
 */
final class Letters {
  /**
   * Letters and marks that show nothing (Default_Ignorable_Code_Point, which Java's character
   * classes lack).
   */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0000}-\\x{E0FFF}\\u2800]");

  private static final Pattern STACKED = Pattern.compile("\\p{M}{5}");

  /**
   * One mailbox, no list, no comment, no quoting, no white space or control: what goes into a
   * letter's head.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s\\p{C}@<>()\\[\\]\\\\,;:\"]{1,64}@[\\p{L}\\p{M}\\p{N}-]+(?:\\.[\\p{L}\\p{M}\\p{N}-]+)*");

  /** Scripts that are written together (UTS 39, highly restrictive). */
  private static final List<Set<UnicodeScript>> TOGETHER =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

  private Letters() {}

  /** In code points. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Letters and digits of any script, with the marks that many scripts spell vowels with. */
  static boolean ofWord(int c) {
    int type = Character.getType(c);
    boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    return (Character.isLetterOrDigit(c) || mark) && !invisible(c);
  }

  /**
   * No controls, line ends, turns of direction or halves of characters; joiners stay, for Persian
   * and for emoji.
   */
  static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT -> c == 0x200C || c == 0x200D;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  static boolean visible(int c) {
    int type = Character.getType(c);
    return printable(c)
        && !invisible(c)
        && !Character.isSpaceChar(c)
        && type != Character.FORMAT
        && type != Character.NON_SPACING_MARK
        && type != Character.ENCLOSING_MARK;
  }

  private static boolean invisible(int c) {
    return INVISIBLE.matcher(Character.toString(c)).matches();
  }

  /** Refuses the Cyrillic а in a Latin name. */
  static boolean ofOneScript(String text) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    text.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
    scripts.removeAll(
        EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.UNKNOWN));
    return scripts.size() <= 1
        || TOGETHER.stream().anyMatch(together -> together.containsAll(scripts));
  }

  /** More marks on one letter than any language needs run into the lines above and below. */
  static boolean stacked(String text) {
    return STACKED.matcher(text).find();
  }

  static boolean address(String text) {
    return ADDRESS.matcher(text).matches();
  }
}

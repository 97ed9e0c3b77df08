package chat.parley.model;

/**
 * The first address of the web in a text, as the page's Markdown would make it a link; not in code.
 * O(length), whatever the text.
 */
public final class Links {
  /** Longer ones lead nowhere. */
  public static final int LONGEST = 2_048;

  private static final String ENDS = "<>\"'`\u007f\u200e\u200f";
  private static final String PUNCTUATION = ".,;:!?)]}*~…、。";

  private Links() {}

  /** Null when there is none. */
  public static String first(String text) {
    if (!Previews.Said.isWorthwhile(text)) {
      return null;
    }
    Reader reader = new Reader(text);
    reader.read();
    return reader.found;
  }

  private static final class Reader extends Prose {
    private String found;

    Reader(String text) {
      super(text);
    }

    @Override
    int after(char sign, int from, int at, int to) {
      if (found != null) {
        return to;
      }
      if (sign != 'h' && sign != 'H' || at > from && joins(text.codePointBefore(at))) {
        return at + 1;
      }
      int host = host(at, to);
      return host < 0 ? at + 1 : afterAddress(at, host, to);
    }

    private static boolean joins(int before) {
      return before == '_' || Character.isLetterOrDigit(before);
    }

    /** Where the host begins if an address does at {@code at}, else -1. */
    private int host(int at, int to) {
      for (String scheme : new String[] {"https://", "http://"}) {
        if (text.regionMatches(true, at, scheme, 0, scheme.length()) && at + scheme.length() < to) {
          return at + scheme.length();
        }
      }
      return -1;
    }

    private int afterAddress(int at, int host, int to) {
      int end = host;
      while (end < to && !ends(text.charAt(end)) && !text.startsWith("](", end)) {
        end++;
      }
      String address = withoutPunctuation(text.substring(at, end));
      boolean leads = address.length() > host - at && isOfHost(address.charAt(host - at));
      if (leads && address.length() <= LONGEST) {
        found = address;
      }
      return end;
    }

    private static boolean isOfHost(char c) {
      return c == '[' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    /** Blanks of every kind, quotes, and what turns the direction of writing. */
    private static boolean ends(char c) {
      return c <= ' '
          || ENDS.indexOf(c) >= 0
          || c >= '\u202a' && c <= '\u202e'
          || c >= '\u2066' && c <= '\u2069'
          || c == '\u00a0'
          || c == '\ufeff'
          || Character.isWhitespace(c)
          || Character.isSpaceChar(c);
    }

    /** A closing bracket stays when its opening one is inside. */
    private static String withoutPunctuation(String address) {
      int[] count = new int[128];
      address.chars().filter(c -> c < 128).forEach(c -> count[c]++);
      int end = address.length();
      for (; end > 0 && PUNCTUATION.indexOf(address.charAt(end - 1)) >= 0; end--) {
        char last = address.charAt(end - 1);
        char opening = last == ')' ? '(' : last == ']' ? '[' : last == '}' ? '{' : 0;
        if (opening != 0 && count[opening] >= count[last]) {
          break;
        }
        if (opening != 0) {
          count[last]--;
        }
      }
      return address.substring(0, end);
    }
  }
}

package chat.parley.auth;

import chat.parley.model.Fold;
import java.util.Arrays;
import java.util.Objects;

/**
 * Which passwords may be chosen; signing in asks none of this. Costs O(length), and no more than
 * 128 code points are looked at.
 */
final class PasswordRules {
  static final int SHORTEST = 8;
  private static final int LONGEST = 128;

  private PasswordRules() {}

  /** Throws INVALID at {@code /password} unless this may be the password of who is called so. */
  static void require(String password, Names names) {
    Wrong wrong = new Wrong();
    check(password, names, wrong);
    wrong.refuse();
  }

  static void check(String password, Names names, Wrong wrong) {
    String normal = Fold.nfkc(password == null ? "" : password);
    int length = Letters.length(normal);
    wrong.unless(
        length >= SHORTEST && length <= LONGEST, "/password", "must have 8 to 128 characters");
    if (length > LONGEST) {
      return;
    }
    String key = Fold.key(normal);
    wrong.unless(!isOwnName(key, names), "/password", "is your own name");
    wrong.unless(
        !CommonPasswords.contains(key), "/password", "is one of the first that anybody would try");
  }

  /** Also with digits and signs around it, and also said several times. */
  private static boolean isOwnName(String key, Names names) {
    String mailbox = names.emailKey() == null ? null : names.emailKey().replaceFirst("@.*", "");
    String core = core(key);
    return Arrays.asList(names.usernameKey(), names.displayKey(), names.emailKey(), mailbox)
        .stream()
        .filter(Objects::nonNull)
        .anyMatch(name -> key.equals(name) || isRepeated(core, core(name)));
  }

  private static boolean isRepeated(String text, String part) {
    return !part.isEmpty()
        && !text.isEmpty()
        && text.length() % part.length() == 0
        && text.equals(part.repeat(text.length() / part.length()));
  }

  /** What is left without what stands before the first letter and behind the last. */
  private static String core(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && !Character.isLetter(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (from < to && !Character.isLetter(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }
}

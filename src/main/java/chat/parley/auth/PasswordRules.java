package chat.parley.auth;

import chat.parley.model.Fold;
import java.util.Arrays;
import java.util.Objects;

/** Which passwords may be chosen; signing in asks none of this. */
final class PasswordRules {
  private static final int SHORTEST = 8;
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
    wrong.unless(!isOwnName(Fold.key(normal), names), "/password", "is your own name");
  }

  private static boolean isOwnName(String key, Names names) {
    String mailbox = names.emailKey() == null ? null : names.emailKey().replaceFirst("@.*", "");
    return Arrays.asList(names.usernameKey(), names.displayKey(), names.emailKey(), mailbox)
        .stream()
        .filter(Objects::nonNull)
        .anyMatch(key::equals);
  }
}

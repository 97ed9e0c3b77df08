package chat.parley.auth;

import chat.parley.model.Account;
import chat.parley.model.Fold;
import chat.parley.model.Registration;

/**
 * The names of a new account with the keys they are found under; without an address both its parts
 * are null.
 */
record Names(
    String username,
    String usernameKey,
    String displayName,
    String displayKey,
    String email,
    String emailKey) {

  /**
   * Reads the names of a registration and notes what is wrong with them; then the result means
   * nothing.
   */
  static Names of(Registration wish, Wrong wrong) {
    String username = username(wish.username(), wrong);
    String displayName = displayName(wish.displayName(), username, wrong);
    String email = email(wish.email(), wrong);
    return of(username, displayName, email);
  }

  /** Those of an account that there is. */
  static Names of(Account account) {
    return of(account.user().username(), account.user().displayName(), account.email());
  }

  private static Names of(String username, String displayName, String email) {
    return new Names(
        username,
        Fold.key(username),
        displayName,
        Fold.key(displayName),
        email,
        email == null ? null : Fold.key(email));
  }

  /** An e-mail address alone; throws INVALID at {@code /email} when it is none. */
  static String address(String raw) {
    Wrong wrong = new Wrong();
    String address = email(raw, wrong);
    wrong.unless(address != null, "/email", "is not an e-mail address");
    wrong.refuse();
    return address;
  }

  static String username(String raw, Wrong wrong) {
    String name = Fold.nfkc(raw == null ? "" : raw);
    wrong.unless(
        Letters.length(name) >= 2 && Letters.length(name) <= 32,
        "/username",
        "must have 2 to 32 characters");
    wrong.unless(
        name.codePoints().allMatch(c -> Letters.ofWord(c) || c == '.' || c == '_' || c == '-'),
        "/username",
        "may hold letters, digits, '.', '_' and '-' only");
    wrong.unless(
        name.codePoints().anyMatch(Character::isLetterOrDigit),
        "/username",
        "must hold a letter or digit");
    wrong.unless(Letters.ofOneScript(name), "/username", "mixes letters of different scripts");
    wrong.unless(!Letters.stacked(name), "/username", "stacks too many marks on a letter");
    return name;
  }

  static String displayName(String raw, String username, Wrong wrong) {
    String name = raw == null ? "" : Fold.nfc(raw).strip();
    if (name.isEmpty()) {
      return username;
    }
    wrong.unless(Letters.length(name) <= 64, "/displayName", "must have at most 64 characters");
    wrong.unless(
        name.codePoints().allMatch(Letters::printable),
        "/displayName",
        "holds a character that cannot be shown");
    wrong.unless(
        name.codePoints().anyMatch(Letters::visible), "/displayName", "holds nothing to see");
    wrong.unless(!Letters.stacked(name), "/displayName", "stacks too many marks on a letter");
    return name;
  }

  private static String email(String raw, Wrong wrong) {
    String address = raw == null ? "" : raw.strip();
    if (address.isEmpty()) {
      return null;
    }
    wrong.unless(
        address.length() <= 254 && Letters.address(address), "/email", "is not an e-mail address");
    return address;
  }
}

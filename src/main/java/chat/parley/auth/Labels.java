package chat.parley.auth;

import chat.parley.model.Fold;

/** What people call their things: keys, applications. */
final class Labels {
  private static final int LONGEST = 64;

  private Labels() {}

  /** The name as it is kept; notes what is wrong with it. */
  static String of(String raw, String pointer, Wrong wrong) {
    String name = raw == null ? "" : Fold.nfc(raw).strip();
    wrong.unless(name.codePoints().anyMatch(Letters::visible), pointer, "holds nothing to see");
    wrong.unless(Letters.length(name) <= LONGEST, pointer, "must have at most 64 characters");
    wrong.unless(
        name.codePoints().allMatch(Letters::printable),
        pointer,
        "holds a character that cannot be shown");
    wrong.unless(!Letters.stacked(name), pointer, "stacks too many marks on a letter");
    return name;
  }
}

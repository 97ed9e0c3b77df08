package chat.parley.model;

/**
 * Every letter that we write. The mail room has its words; a new kind needs them there and nothing
 * else.
 */
public enum LetterKind {
  /** The link to a new password. */
  PASSWORD_RESET,
  /** The password was changed, by whatever way. */
  PASSWORD_CHANGED,
  /** The link that proves an address to be one's own. */
  EMAIL_CONFIRM,
  /** Somebody wanted to use an address that is another account's already; goes to that address. */
  EMAIL_IN_USE,
  /** The account has another address from now on; goes to the one before. */
  EMAIL_CHANGED
}

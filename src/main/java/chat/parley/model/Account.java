package chat.parley.model;

/**
 * An account as its owner sees it.
 *
 * @param email where letters go; null when there is none
 * @param emailVerified whether it was proved to be the owner's
 * @param hasPassword not so when they only sign in elsewhere
 * @param pendingEmail another address that waits for its proof; null when there is none
 * @param timeZone its name in the IANA database
 */
public record Account(
    User user,
    String email,
    boolean emailVerified,
    boolean hasPassword,
    String pendingEmail,
    String timeZone) {
  /** One that has just been made. */
  public Account(User user, String email, boolean hasPassword) {
    this(user, email, false, hasPassword, null, null);
  }
}

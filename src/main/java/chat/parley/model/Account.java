package chat.parley.model;

/**
 * An account as its owner sees it.
 *
 * @param timeZone its name in the IANA database
 */
public record Account(User user, String email, String timeZone) {
  /** One that has just been made. */
  public Account(User user, String email) {
    this(user, email, null);
  }
}

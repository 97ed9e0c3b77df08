package chat.parley.model;

/**
 * The wish for a new account; {@code email} and {@code displayName} may be null.
 *
 * @param invite the token of a link by which one was invited; null for none
 */
public record Registration(
    String username, String password, String email, String displayName, String invite) {
  /** By nobody's invitation. */
  public Registration(String username, String password, String email, String displayName) {
    this(username, password, email, displayName, null);
  }

  @Override
  public String toString() {
    return "Registration[" + username + "]";
  }
}

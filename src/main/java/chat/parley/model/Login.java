package chat.parley.model;

/**
 * A user name or e-mail address with its password.
 *
 * @param code of the second factor, for accounts that have one; null otherwise
 */
public record Login(String login, String password, String code) {
  /** Without a second factor. */
  public Login(String login, String password) {
    this(login, password, null);
  }

  @Override
  public String toString() {
    return "Login[" + login + "]";
  }
}

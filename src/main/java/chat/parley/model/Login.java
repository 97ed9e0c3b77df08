package chat.parley.model;

/** A user name or e-mail address with its password. */
public record Login(String login, String password) {
  @Override
  public String toString() {
    return "Login[" + login + "]";
  }
}

package chat.parley.model;

/** The wish for a new account; {@code email} and {@code displayName} may be null. */
public record Registration(String username, String password, String email, String displayName) {
  @Override
  public String toString() {
    return "Registration[" + username + "]";
  }
}

package chat.parley.model;

/**
 * What a program signs in with: an access token for {@code expiresIn} seconds and the one-use key
 * to the next pair.
 */
public record Tokens(
    User user, String accessToken, String refreshToken, String tokenType, int expiresIn) {
  @Override
  public String toString() {
    return "Tokens[" + user.username() + "]";
  }
}

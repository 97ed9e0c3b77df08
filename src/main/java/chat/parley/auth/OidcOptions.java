package chat.parley.auth;

import java.util.List;

/**
 * A provider of OpenID Connect that vouches for people.
 *
 * @param issuer its URL, from which everything else is found
 * @param clientSecret empty for a public client
 * @param name what its button says
 * @param scopes {@code openid} among them
 */
public record OidcOptions(
    String issuer, String clientId, String clientSecret, String name, List<String> scopes) {
  @Override
  public String toString() {
    return "OidcOptions[" + issuer + ", " + clientId + "]";
  }
}

package chat.parley.auth;

import java.util.List;

/**
 * A provider of OpenID Connect that vouches for people.
 *
 * @param issuer its URL, from which everything else is found
 * @param clientSecret empty for a public client
 * @param name what its button says
 * @param scopes {@code openid} among them
 * @param anywhere whether it may be at a private address
 */
public record OidcOptions(
    String issuer,
    String clientId,
    String clientSecret,
    String name,
    List<String> scopes,
    boolean anywhere) {
  @Override
  public String toString() {
    return "OidcOptions[" + issuer + ", " + clientId + "]";
  }
}

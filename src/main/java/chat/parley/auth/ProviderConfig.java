package chat.parley.auth;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a provider says of itself (OpenID Connect Discovery), as far as it matters here.
 *
 * @param issuer as its tokens spell it
 * @param algorithms by which its tokens may be signed here
 * @param secretInForm whether the client's secret goes into the form and not into the header
 */
record ProviderConfig(
    String issuer,
    String authorization,
    String token,
    String keys,
    Set<String> algorithms,
    boolean secretInForm) {

  /** Where every provider says it. */
  static String address(String issuer) {
    return bare(issuer) + "/.well-known/openid-configuration";
  }

  /** Throws {@link IllegalArgumentException} that says what is wrong. */
  static ProviderConfig of(String wanted, Map<?, ?> said) {
    String issuer = text(said, "issuer");
    if (!bare(issuer).equals(bare(wanted))) {
      throw new IllegalArgumentException("it calls itself " + issuer);
    }
    List<?> methods =
        said.get("token_endpoint_auth_methods_supported") instanceof List<?> list
            ? list
            : List.of();
    return new ProviderConfig(
        issuer,
        url(said, "authorization_endpoint", issuer),
        url(said, "token_endpoint", issuer),
        url(said, "jwks_uri", issuer),
        algorithms(said),
        !methods.isEmpty() && !methods.contains("client_secret_basic"));
  }

  /**
   * Those that it announces and we know; never {@code none}, and never one with a shared secret.
   */
  private static Set<String> algorithms(Map<?, ?> said) {
    List<?> announced =
        said.get("id_token_signing_alg_values_supported") instanceof List<?> list
            ? list
            : List.of("RS256");
    Set<String> known = new TreeSet<>(Set.of("RS256", "ES256", "EdDSA"));
    known.removeIf(algorithm -> !announced.contains(algorithm));
    if (known.isEmpty()) {
      throw new IllegalArgumentException("it signs by none of RS256, ES256 and EdDSA");
    }
    return known;
  }

  private static String url(Map<?, ?> said, String name, String issuer) {
    String value = text(said, name);
    URI uri = URI.create(value);
    boolean right =
        uri.getHost() != null
            && uri.getFragment() == null
            && ("https".equals(uri.getScheme())
                || "http".equals(uri.getScheme()) && issuer.startsWith("http:"));
    if (!right) {
      throw new IllegalArgumentException("its " + name + " is no https address");
    }
    return value;
  }

  private static String text(Map<?, ?> said, String name) {
    if (said.get(name) instanceof String value && value.length() <= 2_000) {
      return value;
    }
    throw new IllegalArgumentException("it says no " + name);
  }

  private static String bare(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }
}

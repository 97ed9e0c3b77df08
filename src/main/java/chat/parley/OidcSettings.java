package chat.parley;

import chat.parley.auth.OidcOptions;
import java.util.List;

/** What the settings say of the provider by which people sign in, taken together. */
final class OidcSettings {
  private OidcSettings() {}

  /** Null when there is none; throws {@link Config.Wrong}. */
  static OidcOptions of(Config config) {
    String issuer = config.get(Setting.OIDC_ISSUER);
    String clientId = config.get(Setting.OIDC_CLIENT_ID);
    if (issuer.isEmpty() != clientId.isEmpty()) {
      throw new Config.Wrong("--oidc-issuer and --oidc-client-id need each other");
    }
    return issuer.isEmpty()
        ? null
        : new OidcOptions(
            issuer,
            clientId,
            config.get(Setting.OIDC_CLIENT_SECRET),
            config.get(Setting.OIDC_NAME),
            List.of(config.get(Setting.OIDC_SCOPES).strip().split(" +")),
            config.list(Setting.PRIVATE_ADDRESSES).contains("oidc"));
  }
}

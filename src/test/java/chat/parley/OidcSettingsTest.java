package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.auth.OidcOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {
  private static final String ISSUER = "https://login.example/realms/people";

  @Test
  void withoutSettingsThereIsNoProvider() {
    assertNull(OidcSettings.of(Config.of(Map.of(Setting.PORT, "0"))));
  }

  @Test
  void issuerAndClientMakeOne() {
    OidcOptions made =
        OidcSettings.of(
            Config.of(Map.of(Setting.OIDC_ISSUER, ISSUER, Setting.OIDC_CLIENT_ID, "parley")));
    assertEquals(ISSUER, made.issuer());
    assertEquals(List.of("openid", "profile", "email"), made.scopes());
    assertFalse(made.anywhere(), "only at public addresses");
  }

  @Test
  void itMayBeAllowedToBeNear() {
    Map<Setting, String> near =
        Map.of(
            Setting.OIDC_ISSUER,
            ISSUER,
            Setting.OIDC_CLIENT_ID,
            "parley",
            Setting.PRIVATE_ADDRESSES,
            "s3, oidc");
    assertTrue(OidcSettings.of(Config.of(near)).anywhere());
    Map<Setting, String> wrong = Map.of(Setting.PRIVATE_ADDRESSES, "all");
    assertThrows(Config.Wrong.class, () -> Config.of(wrong));
  }

  @Test
  void oneWithoutTheOtherIsRefused() {
    Map<Setting, String> half = Map.of(Setting.OIDC_ISSUER, ISSUER);
    assertThrows(Config.Wrong.class, () -> OidcSettings.of(Config.of(half)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login.example",
        "ftp://login.example",
        "https://a@b",
        "https://a?b",
        "https://a#b"
      })
  void whatIsNoIssuerIsRefused(String issuer) {
    assertThrows(Config.Wrong.class, () -> Config.of(Map.of(Setting.OIDC_ISSUER, issuer)));
  }

  @Test
  void scopesHoldOpenid() {
    assertThrows(Config.Wrong.class, () -> Config.of(Map.of(Setting.OIDC_SCOPES, "profile email")));
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.http.HttpDoor;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether this server speaks https, or one sentence why the settings do not fit. */
class TlsSettingsTest {
  private static final String URL = "https://chat.example";

  private static HttpDoor.Tls of(String certificate, String key, String redirect, String url) {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(Setting.TLS_CERT, certificate);
    settings.put(Setting.TLS_KEY, key);
    settings.put(Setting.HTTP_REDIRECT_PORT, redirect);
    settings.put(Setting.PUBLIC_URL, url);
    return TlsSettings.of(Config.of(settings));
  }

  private static String refusal(String certificate, String key, String redirect, String url) {
    return assertThrows(Config.Wrong.class, () -> of(certificate, key, redirect, url)).getMessage();
  }

  @Test
  void withoutFilesItIsPlain() {
    assertNull(of("", "", "0", ""));
    assertNull(of("", "", "0", URL), "https before a proxy");
  }

  @Test
  void bothFilesMakeHttps() {
    assertEquals("c.pem", of("c.pem", "k.pem", "0", "").certificate().toString());
    assertEquals(80, of("c.pem", "k.pem", "80", URL).redirectPort());
  }

  @Test
  void pathIsOneOfAPublicUrl() {
    Config below = Config.of(Map.of(Setting.BASE_PATH, "/chat"));
    assertTrue(
        assertThrows(Config.Wrong.class, () -> TlsSettings.of(below))
            .getMessage()
            .contains("--base-path needs --public-url"));
    assertNull(
        TlsSettings.of(Config.of(Map.of(Setting.BASE_PATH, "/chat", Setting.PUBLIC_URL, URL))));
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertTrue(refusal("c.pem", "", "0", "").contains("need each other"));
    assertTrue(refusal("", "k.pem", "0", "").contains("need each other"));
    assertTrue(refusal("c.pem", "k.pem", "0", "http://chat.example").contains("begin with https:"));
    assertTrue(refusal("c.pem", "k.pem", "80", "").contains("--public-url to redirect to"));
    assertTrue(refusal("", "", "80", URL).contains("needs --tls-cert"));
  }
}

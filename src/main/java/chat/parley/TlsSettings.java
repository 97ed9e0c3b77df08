package chat.parley;

import chat.parley.http.HttpDoor;
import java.nio.file.Path;

/** What the settings say of https and of the way here, taken together. */
public final class TlsSettings {
  private TlsSettings() {}

  /** Null for plain http; throws {@link Config.Wrong}. */
  public static HttpDoor.Tls of(Config config) {
    String certificate = config.get(Setting.TLS_CERT);
    String key = config.get(Setting.TLS_KEY);
    int redirect = config.number(Setting.HTTP_REDIRECT_PORT);
    String url = config.get(Setting.PUBLIC_URL);
    boolean tls = !certificate.isEmpty();
    require(
        config.get(Setting.BASE_PATH).isEmpty() || !url.isEmpty(),
        "--base-path needs --public-url, whose path it is");
    require(tls == !key.isEmpty(), "--tls-cert and --tls-key need each other");
    require(
        !tls || !url.startsWith("http:"),
        "--public-url must begin with https: when --tls-cert is set");
    require(
        redirect == 0 || tls && !url.isEmpty(),
        "--http-redirect-port needs --tls-cert, and --public-url to redirect to");
    return tls ? new HttpDoor.Tls(Path.of(certificate), Path.of(key), redirect) : null;
  }

  private static void require(boolean right, String objection) {
    if (!right) {
      throw new Config.Wrong(objection);
    }
  }
}

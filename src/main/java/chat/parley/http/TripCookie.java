package chat.parley.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;

/**
 * Binds a sign-in at a provider to the browser that began it. Lax, as the provider's page sends the
 * browser back; it lives for ten minutes and opens nothing by itself.
 */
final class TripCookie {
  private static final int SECONDS = 600;

  private final boolean secure;
  private final String name;
  private final String path;

  TripCookie(HttpDoor.Options options) {
    this.secure = options.isSecure();
    this.name = options.cookieName("parley-trip");
    this.path = options.cookiePath();
  }

  /** Null when there is none. */
  String in(HttpServerRequest request) {
    Cookie cookie = request.getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }

  String set(String value) {
    return line(value, SECONDS);
  }

  String cleared() {
    return line("", 0);
  }

  private String line(String value, long maxAge) {
    return Cookie.cookie(name, value)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.LAX)
        .setPath(path)
        .setSecure(secure)
        .setMaxAge(maxAge)
        .encode();
  }
}

package chat.parley.http;

import chat.parley.model.SiteSession;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The site's cookie. Behind https it is named {@code __Host-parley}, which no other host and no
 * plain page can set; without it browsers would refuse that name, so it is {@code parley} there.
 * Below a path of a shared host it goes to that path alone, which the first name forbids: it is
 * {@code __Secure-parley} then.
 */
final class SiteCookie {
  private final boolean secure;
  private final String name;
  private final String path;

  SiteCookie(HttpDoor.Options options) {
    this.secure = options.isSecure();
    this.name = options.cookieName("parley");
    this.path = options.cookiePath();
  }

  Optional<String> in(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(name))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty());
  }

  String set(SiteSession session) {
    return line(session.cookie(), session.maxAgeSeconds());
  }

  String cleared() {
    return line("", 0);
  }

  private String line(String value, long maxAge) {
    return Cookie.cookie(name, value)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setPath(path)
        .setSecure(secure)
        .setMaxAge(maxAge)
        .encode();
  }
}

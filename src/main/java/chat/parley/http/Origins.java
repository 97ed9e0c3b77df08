package chat.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;

/**
 * Which pages may use the site's cookie: those of this server and the listed ones. This server is
 * its public URL, or, where none is set, whatever host the browser asked for.
 */
final class Origins {
  private final String own;
  private final Set<String> listed;
  private final boolean httpsOnly;

  /**
   * @param publicUrl may be empty
   * @param httpsOnly whether this server itself speaks https, so that no page of it is plain
   */
  Origins(String publicUrl, Set<String> listed, boolean httpsOnly) {
    this.own = originOf(publicUrl);
    this.listed = listed;
    this.httpsOnly = httpsOnly;
  }

  /** {@code origin} may be null. */
  boolean isListed(String origin) {
    return origin != null && listed.contains(origin);
  }

  /** False when a browser says that another site's page sent this. */
  boolean isFromHere(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaderNames.ORIGIN);
    if (origin == null) {
      return !"cross-site".equals(request.getHeader("Sec-Fetch-Site"));
    }
    return isListed(origin) || (own.isEmpty() ? isHost(request, origin) : origin.equals(own));
  }

  /**
   * True for a listed origin, unless it is the very one that was asked: a second name of this site.
   */
  boolean isOfAnother(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaderNames.ORIGIN);
    return isListed(origin) && !origin.equals(own) && !isHost(request, origin);
  }

  private boolean isHost(HttpServerRequest request, String origin) {
    String host = request.authority() == null ? "" : request.authority().toString();
    return !httpsOnly && origin.equalsIgnoreCase("http://" + host)
        || origin.equalsIgnoreCase("https://" + host);
  }

  private static String originOf(String publicUrl) {
    if (publicUrl.isEmpty()) {
      return "";
    }
    URI uri = URI.create(publicUrl);
    return uri.getScheme() + "://" + uri.getAuthority();
  }
}

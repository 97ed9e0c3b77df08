package chat.parley.http;

import chat.parley.model.Ids;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What every answer carries, good or bad: the request's id and the headers that tell a browser to
 * trust nothing but this server. An id is always minted here; one that a client sends would let it
 * write into our logs.
 */
final class RequestHead {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

  private static final CharSequence CSP = HttpHeaders.createOptimized("content-security-policy");

  private static final CharSequence HSTS = HttpHeaders.createOptimized("strict-transport-security");

  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data: blob:",
          "media-src 'self'",
          "connect-src 'self'",
          "font-src 'self'",
          "manifest-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'");

  private static final MultiMap SECURITY =
      HttpHeaders.headers()
          .add(CSP, POLICY)
          .add("x-content-type-options", "nosniff")
          .add("referrer-policy", "no-referrer")
          .add("cross-origin-opener-policy", "same-origin")
          .add("cross-origin-resource-policy", "same-origin")
          .add("x-frame-options", "DENY")
          .add(
              "permissions-policy",
              "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), browsing-topics=()")
          .add("cache-control", "no-store");

  private RequestHead() {}

  /** Once a request, before anything can answer it. */
  static void stamp(HttpServerRequest request) {
    request.response().headers().addAll(SECURITY).set(REQUEST_ID, Ids.next().toString());
  }

  /** Allows a page, besides, style sheets that its scripts lay in, if they hash to one of these. */
  static void allowStyles(HttpServerResponse response, String hashes) {
    response.putHeader(CSP, POLICY.replace("style-src 'self'", "style-src 'self' " + hashes));
  }

  /** For a year, browsers come by https only (RFC 6797). */
  static void demandHttps(HttpServerRequest request) {
    request.response().putHeader(HSTS, "max-age=31536000");
  }

  /**
   * The id of a stamped request; it lives in the answer's header, since a request has no place of
   * its own.
   */
  static String id(HttpServerRequest request) {
    return request.response().headers().get(REQUEST_ID);
  }
}

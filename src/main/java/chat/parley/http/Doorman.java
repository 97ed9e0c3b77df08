package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;

/**
 * Finds out who is speaking: by the {@code Authorization} header, or else by the site's cookie. A
 * browser sends the cookie by itself, whoever made it ask, so with the cookie the request must come
 * from our own pages and a write must repeat the session's CSRF token.
 */
final class Doorman {
  private static final String BEARER = "Bearer ";

  private final Bus bus;
  private final SiteCookie cookie;
  private final Origins origins;
  private final Clock clock;
  private final Remembered<Credential, Caller> callers;

  /** {@code clock} tells when a proof has expired. */
  Doorman(Bus bus, SiteCookie cookie, Origins origins, Clock clock) {
    this.bus = bus;
    this.clock = clock;
    this.callers = new Remembered<>(bus);
    this.cookie = cookie;
    this.origins = origins;
  }

  /** The caller; fails with UNAUTHENTICATED or CROSS_SITE. */
  Future<Caller> admit(HttpServerRequest request) {
    Credential credential = credential(request).orElseThrow(Problem.UNAUTHENTICATED::failure);
    if (credential instanceof Credential.Cookie) {
      requireOwnPage(request);
    }
    Caller known = callers.get(credential);
    if (known != null && clock.instant().isBefore(known.expiresAt())) {
      requireToken(request, known);
      return Future.succeededFuture(known);
    }
    return callers
        .ask(credential, proof -> bus.ask(Addresses.AUTH_VERIFY, proof))
        .map(
            caller -> {
              requireToken(request, caller);
              return caller;
            });
  }

  boolean hasCookie(HttpServerRequest request) {
    return cookie.in(request).isPresent();
  }

  /** Whatever sets or uses the cookie comes from our own pages. */
  void requireOwnPage(HttpServerRequest request) {
    if (!origins.isFromHere(request)) {
      throw Problem.CROSS_SITE.failure();
    }
  }

  private static void requireToken(HttpServerRequest request, Caller caller) {
    boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    if (caller.via() == Caller.Via.COOKIE
        && !reads
        && !isToken(request.getHeader("X-CSRF-Token"), caller)) {
      throw Problem.CROSS_SITE.failure();
    }
  }

  private static boolean isToken(String given, Caller caller) {
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            caller.csrfToken().getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Credential> credential(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaderNames.AUTHORIZATION);
    if (header != null) {
      return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? Optional.of(new Credential.Bearer(header.substring(BEARER.length()).trim()))
          : Optional.empty();
    }
    return cookie.in(request).map(Credential.Cookie::new);
  }
}

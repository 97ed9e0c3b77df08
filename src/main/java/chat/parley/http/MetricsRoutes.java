package chat.parley.http;

import chat.parley.bus.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * {@code GET /metrics}: how the server is doing, for its operator. With a token, for whoever brings
 * it; without one, for programs on this machine that come directly: not through a proxy that says
 * so, and not from a page that calls this machine by a name of its own.
 */
final class MetricsRoutes {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String BEARER = "Bearer ";
  private static final List<String> OF_PROXIES =
      List.of("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP");

  private final Vertx vertx;
  private final Metering metering;

  MetricsRoutes(Vertx vertx, Metering metering) {
    this.vertx = vertx;
    this.metering = metering;
  }

  void addTo(Router router) {
    router.route("/metrics").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::show);
  }

  private void show(RoutingContext context) {
    admit(context.request());
    vertx
        .executeBlocking(() -> metering.text().get())
        .map(text -> context.response().putHeader(HttpHeaderNames.CONTENT_TYPE, TYPE).end(text))
        .onFailure(context::fail);
  }

  private void admit(HttpServerRequest request) {
    if (metering.token().isEmpty()) {
      if (!isFromHere(request)) {
        throw Problem.FORBIDDEN.because("Only from this machine, or with --metrics-token set");
      }
    } else if (!isToken(request.getHeader(HttpHeaderNames.AUTHORIZATION))) {
      throw Problem.UNAUTHENTICATED.failure();
    }
  }

  private boolean isToken(String header) {
    return header != null
        && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && MessageDigest.isEqual(
            header.substring(BEARER.length()).trim().getBytes(StandardCharsets.UTF_8),
            metering.token().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isFromHere(HttpServerRequest request) {
    return isLoopback(request.remoteAddress().hostAddress())
        && isPlainHost(request.authority())
        && OF_PROXIES.stream().noneMatch(name -> request.headers().contains(name));
  }

  private static boolean isLoopback(String address) {
    byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
    try {
      return bytes != null && InetAddress.getByAddress(bytes).isLoopbackAddress();
    } catch (UnknownHostException impossible) {
      return false;
    }
  }

  /** A page can have its own name lead here, but then the request says that name. */
  private static boolean isPlainHost(HostAndPort host) {
    return host != null
        && (host.host().equalsIgnoreCase("localhost")
            || NetUtil.isValidIpV4Address(host.host())
            || NetUtil.isValidIpV6Address(host.host()));
  }
}

package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.Device;
import chat.parley.model.Limit;
import chat.parley.realtime.SocketBridge;
import chat.parley.realtime.SocketWatch;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;

/**
 * Lets sockets in: by the {@code Authorization} header, a ticket or a token in the query (never
 * logged), or the site's cookie. A page of another origin is turned away whatever it brings, unless
 * a registered platform lists that origin and it brings a token; with the cookie, which comes by
 * itself, the origin must be said. The same holds for the pages that {@code --cors-origins} lists.
 */
final class SocketDoor implements SocketBridge.Door {
  private final Bus bus;
  private final Doorman doorman;
  private final Origins origins;
  private final PlatformOrigins platforms;
  private final ClientAddress addresses;
  private final Limits limits;
  private final RequestLog log;

  SocketDoor(
      Bus bus,
      Doorman doorman,
      Origins origins,
      PlatformOrigins platforms,
      ClientAddress addresses,
      Limits limits,
      RequestLog log) {
    this.bus = bus;
    this.doorman = doorman;
    this.origins = origins;
    this.platforms = platforms;
    this.addresses = addresses;
    this.limits = limits;
    this.log = log;
  }

  @Override
  public Future<Caller> admit(HttpServerRequest request) {
    try {
      limits.spend(Limit.SOCKET_OPENINGS_BY_ADDRESS, addressOf(request), request.response());
    } catch (Failure tooOften) {
      return Future.failedFuture(tooOften);
    }
    return identify(request).map(caller -> caller.from(addresses.of(request)));
  }

  private Future<Caller> identify(HttpServerRequest request) {
    if (origins.isOfAnother(request)) {
      // A neighbour of the same site would otherwise get in by whatever cookie the browser holds.
      return bringsToken(request)
          ? byWhateverComes(request)
          : Future.failedFuture(Problem.CROSS_SITE.failure());
    }
    if (origins.isFromHere(request)) {
      return byWhateverComes(request);
    }
    // The page of a platform may come with a token or a ticket; the cookie is not for it.
    return platforms
        .contain(request.getHeader(HttpHeaderNames.ORIGIN))
        .compose(
            listed ->
                listed && bringsToken(request)
                    ? byWhateverComes(request)
                    : Future.failedFuture(Problem.CROSS_SITE.failure()));
  }

  private static boolean bringsToken(HttpServerRequest request) {
    return request.getParam("ticket") != null
        || request.getParam("token") != null
        || request.getHeader(HttpHeaderNames.AUTHORIZATION) != null;
  }

  private Future<Caller> byWhateverComes(HttpServerRequest request) {
    String ticket = request.getParam("ticket");
    String token = request.getParam("token");
    if (ticket != null) {
      return bus.ask(Addresses.AUTH_VERIFY, new Credential.Ticket(ticket));
    }
    if (token != null) {
      return bus.ask(Addresses.AUTH_VERIFY, new Credential.Bearer(token)).map(this::notByKey);
    }
    return byHeaderOrCookie(request);
  }

  /** What lasts for years must not stand in addresses, which end up in the logs of proxies. */
  private Caller notByKey(Caller caller) {
    if (caller.isKey()) {
      throw Problem.UNAUTHENTICATED.because(
          "Send a key in the Authorization header, or buy a ticket with it");
    }
    return caller;
  }

  private Future<Caller> byHeaderOrCookie(HttpServerRequest request) {
    boolean header = request.getHeader(HttpHeaderNames.AUTHORIZATION) != null;
    if (!header
        && request.getHeader(HttpHeaderNames.ORIGIN) == null
        && doorman.hasCookie(request)) {
      return Future.failedFuture(Problem.CROSS_SITE.failure());
    }
    try {
      return doorman.admit(request);
    } catch (Failure refused) {
      return Future.failedFuture(refused);
    }
  }

  @Override
  public String addressOf(HttpServerRequest request) {
    return ClientAddress.limitKey(addresses.of(request));
  }

  @Override
  public Device deviceOf(HttpServerRequest request) {
    return Call.device(request, addresses.of(request));
  }

  @Override
  public SocketWatch opened(HttpServerRequest request, UUID userId) {
    if (!log.isOn()) {
      return SocketWatch.NONE;
    }
    SocketLines lines =
        new SocketLines(log, userId, addresses.of(request), RequestHead.id(request));
    lines.opened(request.uri());
    return lines;
  }

  @Override
  public void refuse(HttpServerRequest request, Throwable failure) {
    Exchange exchange = log.begin();
    Problems.refuse(request, failure);
    exchange.end(request);
  }
}

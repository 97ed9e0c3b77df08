package chat.parley.http;

import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.realtime.Node;
import chat.parley.realtime.SocketBridge;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * One event loop's share of the port: the server, its sockets, and the order in which a request
 * meets its handlers.
 */
final class HttpVerticle extends VerticleBase {
  /** Longer than a socket may go without a ping, so that a silent one is told why it is closed. */
  private static final int IDLE_SECONDS = 45;

  private static final int SOCKET_FRAME = 64 * 1024;
  private static final int DRAIN_SECONDS = 5;

  private final HttpDoor.Options options;
  private final Contract contract;
  private final Limits limits;
  private final Node node;
  private final Metering metering;
  private final HttpMeters meters;
  private final IntConsumer bound;
  private SocketBridge sockets;
  private HttpServer server;

  /** {@code bound} is told the port. */
  HttpVerticle(
      HttpDoor.Options options,
      Contract contract,
      Limits limits,
      Node node,
      Metering metering,
      HttpMeters meters,
      IntConsumer bound) {
    this.options = options;
    this.contract = contract;
    this.limits = limits;
    this.node = node;
    this.metering = metering;
    this.meters = meters;
    this.bound = bound;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    Origins origins = new Origins(options.publicUrl(), options.corsOrigins());
    SiteCookie cookie = new SiteCookie(options.isSecure());
    Doorman doorman = new Doorman(bus, cookie, origins);
    ClientAddress addresses = new ClientAddress(options.trustedProxies());
    sockets = new SocketBridge(vertx, bus, node, new SocketDoor(bus, doorman, origins, addresses));
    sockets.start();
    Api api = new Api(contract, doorman, limits, addresses, meters);
    addRoutes(bus, api, cookie, doorman);
    Router router = router(bus, origins, api);
    server =
        vertx
            .createHttpServer(serverOptions())
            .requestHandler(request -> accept(request, router))
            .invalidRequestHandler(
                request -> {
                  Problems.unreadable(request);
                  request.connection().close();
                });
    return server.listen().onSuccess(listening -> bound.accept(listening.actualPort()));
  }

  @Override
  public Future<?> stop() {
    // The sockets first: an open one would keep its connection, and the server waiting.
    return sockets.close().eventually(() -> server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS));
  }

  private void accept(HttpServerRequest request, Router router) {
    RequestHead.stamp(request);
    String wrong = UriGuard.problem(request.uri());
    if (wrong != null) {
      Problems.write(request, Problem.MALFORMED.because(wrong));
    } else if (sockets.takes(request)) {
      sockets.upgrade(request);
    } else {
      router.handle(request);
    }
  }

  private void addRoutes(Bus bus, Api api, SiteCookie cookie, Doorman doorman) {
    List.of(
            new AuthRoutes(bus, limits),
            new SiteRoutes(bus, limits, cookie, doorman),
            new UserRoutes(bus),
            new ProfileRoutes(bus, limits),
            new RoomRoutes(bus),
            new MemberRoutes(bus),
            new MessageRoutes(bus, limits))
        .forEach(routes -> routes.addTo(api));
  }

  private Router router(Bus bus, Origins origins, Api api) {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(meters)
        .handler(this::demandHttps)
        .handler(new Deadline(vertx, options.bodyDeadline()))
        .failureHandler(new Problems());
    router.route(Contract.PREFIX + "/*").handler(cors(origins));
    router.route(Contract.PREFIX + "/*").subRouter(api.router(vertx));
    router.route("/eventbus/*").handler(context -> lendToNobody(context, origins));
    router.route("/eventbus/*").subRouter(sockets.sockJs());
    new ServerRoutes(bus, contract).addTo(router);
    new MetricsRoutes(vertx, metering).addTo(router);
    new SiteFiles().addTo(router);
    router.route().handler(this::nothingHere);
    return router;
  }

  private void demandHttps(RoutingContext context) {
    if (options.isSecure()) {
      context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    context.next();
  }

  private void nothingHere(RoutingContext context) {
    boolean reads =
        context.request().method() == HttpMethod.GET
            || context.request().method() == HttpMethod.HEAD;
    String path = context.request().path();
    String offered =
        path.startsWith(Contract.PREFIX + "/")
            ? contract.methodsOf(path)
            : reads ? "" : "GET, HEAD";
    if (offered.isEmpty()) {
      context.fail(Problem.NOT_FOUND.failure());
    } else {
      context.response().putHeader(HttpHeaderNames.ALLOW, offered);
      context.fail(Problem.METHOD_NOT_ALLOWED.failure());
    }
  }

  /** Browsers of listed origins may read answers; nobody is ever lent the cookie. */
  private Handler<RoutingContext> cors(Origins origins) {
    CorsHandler listed =
        CorsHandler.create()
            .addOrigins(List.copyOf(options.corsOrigins()))
            .allowedMethods(
                Set.of(
                    HttpMethod.GET,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE))
            .allowedHeaders(Set.of("Authorization", "Content-Type", "Idempotency-Key"))
            .exposedHeaders(Set.of("X-Request-Id", "Retry-After", "RateLimit", "RateLimit-Policy"))
            .maxAgeSeconds(600);
    // Asked only for listed origins: it refuses every other one, and with it our own page.
    return context -> {
      if (origins.isListed(context.request().getHeader(HttpHeaderNames.ORIGIN))) {
        listed.handle(context);
      } else {
        context.next();
      }
    };
  }

  /** SockJS lets the pages of every origin read its greeting, and with credentials. */
  private static void lendToNobody(RoutingContext context, Origins origins) {
    if (!origins.isListed(context.request().getHeader(HttpHeaderNames.ORIGIN))) {
      context.addHeadersEndHandler(
          written ->
              context
                  .response()
                  .headers()
                  .remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)
                  .remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS));
    }
    context.next();
  }

  private HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHost(options.host())
        // A negative port is a free one that all instances share.
        .setPort(options.port() == 0 ? -1 : options.port())
        .setAcceptBacklog(4096)
        .setIdleTimeout(IDLE_SECONDS)
        .setHttp2ClearTextEnabled(false)
        .setDecompressionSupported(false)
        // Deflate costs 90 KiB a socket and is on by default.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(SOCKET_FRAME)
        .setMaxWebSocketMessageSize(SOCKET_FRAME);
  }
}

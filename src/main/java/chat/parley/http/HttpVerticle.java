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
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * One event loop's share of the port: the server, its sockets, and the order in which a request
 * meets its handlers.
 */
final class HttpVerticle extends VerticleBase {
  private static final int DRAIN_SECONDS = 5;

  private final HttpDoor.Options options;
  private final CertificateWatch certificate;
  private final Contract contract;
  private final Limits limits;
  private final Node node;
  private final Metering metering;
  private final HttpMeters meters;
  private final Pulse pulse;
  private final RequestLog log;
  private final IntConsumer bound;
  private final Patience patience;
  private SocketBridge sockets;
  private HttpServer server;

  /** {@code certificate} is null for plain http; {@code bound} is told the port. */
  HttpVerticle(
      HttpDoor.Options options,
      CertificateWatch certificate,
      Contract contract,
      Limits limits,
      Node node,
      Metering metering,
      HttpMeters meters,
      Pulse pulse,
      RequestLog log,
      IntConsumer bound) {
    this.options = options;
    this.certificate = certificate;
    this.patience = new Patience(options.headDeadline());
    this.contract = contract;
    this.limits = limits;
    this.node = node;
    this.metering = metering;
    this.meters = meters;
    this.pulse = pulse;
    this.log = log;
    this.bound = bound;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    Origins origins =
        new Origins(options.publicUrl(), options.corsOrigins(), options.tls() != null);
    PlatformOrigins platforms = new PlatformOrigins(bus);
    SiteCookie cookie = new SiteCookie(options);
    Doorman doorman = new Doorman(bus, cookie, origins, Clock.systemUTC());
    ClientAddress addresses = new ClientAddress(options.trustedProxies());
    sockets =
        new SocketBridge(
            vertx,
            bus,
            node,
            new SocketDoor(bus, doorman, origins, platforms, addresses, limits, log));
    sockets.start();
    Api api = new Api(contract, doorman, limits, addresses, meters, log);
    addRoutes(bus, api, cookie, doorman);
    new ExchangeRoutes(bus, limits, cookie, origins).addTo(api);
    new OidcRoutes(bus, limits, doorman, cookie, options).addTo(api);
    DocsRoutes docs = new DocsRoutes(vertx, options.apiPages(), contract, options.basePath());
    Router router = router(bus, origins, platforms, api, docs, new AdminPages(doorman));
    patience.start(vertx);
    HttpServerOptions front = Front.options(options, certificate);
    server =
        vertx
            .createHttpServer(front)
            .connectionHandler(patience::opened)
            .requestHandler(request -> accept(request, docs, api, router))
            .invalidRequestHandler(
                request -> {
                  Exchange exchange = log.begin();
                  Problems.unreadable(request);
                  exchange.end(request);
                  request.connection().close();
                });
    return server
        .listen()
        .onSuccess(
            listening -> {
              bound.accept(listening.actualPort());
              if (certificate != null) {
                certificate.keep(server, front.getSslOptions());
              }
            });
  }

  @Override
  public Future<?> stop() {
    // The sockets first: an open one would keep its connection, and the server waiting.
    return sockets.close().eventually(() -> server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS));
  }

  private void accept(HttpServerRequest request, DocsRoutes docs, Api api, Router router) {
    patience.asked(request);
    RequestHead.stamp(request);
    if (options.isSecure()) {
      RequestHead.demandHttps(request);
    }
    String wrong = UriGuard.problem(request.uri());
    if (isAmbiguous(request)) {
      refuse(request, "A body comes plain or chunked");
      request.connection().close();
    } else if (wrong != null) {
      refuse(request, wrong);
    } else if (sockets.takes(request)) {
      sockets.upgrade(request);
    } else if (docs.tries(request)) {
      log.begin().end(request);
    } else if (!api.serves(request)) {
      router.handle(request);
    }
  }

  private void refuse(HttpServerRequest request, String why) {
    Exchange exchange = log.begin();
    Problems.write(request, Problem.MALFORMED.because(why));
    exchange.end(request);
  }

  /** Another peer on the way may have seen another end of this request: RFC 9112, 6.1 and 11.2. */
  private static boolean isAmbiguous(HttpServerRequest request) {
    String coding = request.getHeader(HttpHeaderNames.TRANSFER_ENCODING);
    return coding != null && !coding.equalsIgnoreCase("chunked");
  }

  private void addRoutes(Bus bus, Api api, SiteCookie cookie, Doorman doorman) {
    List.of(
            new AuthRoutes(bus, limits),
            new SiteRoutes(bus, limits, cookie, doorman),
            new SessionRoutes(bus, cookie),
            new AdminRoutes(bus),
            new AuditRoutes(bus),
            new ModelRoutes(bus, limits),
            new KeyRoutes(bus, limits),
            new ApplicationRoutes(bus, limits),
            new FactorRoutes(bus, limits, cookie, doorman),
            new PasswordRoutes(bus, limits, cookie),
            new EmailRoutes(bus, limits),
            new UserRoutes(bus),
            new ProfileRoutes(bus, limits),
            new RoomRoutes(bus),
            new MemberRoutes(bus),

            // Reactions.
            new ReactionRoutes(bus, limits),

            // Edits and deletions.
            new EditRoutes(bus, limits),
            new ReportRoutes(bus, limits),

            // Pins.
            new PinRoutes(bus),

            // Threads and forwards.
            new ThreadRoutes(bus),
            new ForwardRoutes(bus, limits),

            // Mentions.
            new MentionRoutes(bus),

            // Search.
            new SearchRoutes(bus),

            // Own place.
            new OwnPlaceRoutes(bus),

            // Room management.
            new RoomManagementRoutes(bus),

            // Invitations.
            new InviteRoutes(bus, limits, options),

            // Bans.
            new BanRoutes(bus),

            // Blocks.
            new BlockRoutes(bus),

            // Drafts.
            new DraftRoutes(bus),

            // Media.
            new MediaRoutes(bus, limits, new FileAnswer(vertx, options.mediaAccel())),

            // Who may make an account.
            new AccountInviteRoutes(bus, limits, options),

            // Announcements.
            new AnnouncementRoutes(bus),

            // Running it.
            new ServerStatsRoutes(bus, pulse),
            new ConnectionRoutes(bus),

            // Scheduled.
            new ScheduledRoutes(bus, limits, Clock.systemUTC()),

            // Previews.
            new PreviewRoutes(bus),

            // Last, so that all others end alike.
            new MessageRoutes(bus, limits))
        .forEach(routes -> routes.addTo(api));
  }

  private Router router(
      Bus bus,
      Origins origins,
      PlatformOrigins platforms,
      Api api,
      DocsRoutes docs,
      AdminPages admin) {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(meters)
        .handler(log::watch)
        .handler(new Deadline(vertx, options.bodyDeadline()))
        .failureHandler(new Problems());
    router.route(Contract.PREFIX + "/*").handler(cors(origins, platforms));
    router.route(Contract.PREFIX + "/*").subRouter(api.router(vertx));
    router.route("/eventbus/*").handler(context -> lendToNobody(context, origins));
    router.route("/eventbus/*").subRouter(sockets.sockJs());
    new ServerRoutes(bus).addTo(router);
    docs.addTo(router);
    admin.addTo(router);
    new MetricsRoutes(vertx, metering).addTo(router);
    new SiteFiles().addTo(router);
    router.route().handler(this::nothingHere);
    return router;
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
  private Handler<RoutingContext> cors(Origins origins, PlatformOrigins platforms) {
    CorsHandler listed = corsOf(options.corsOrigins());
    // Asked only for listed origins: it refuses every other one, and with it our own page.
    return context -> {
      String origin = context.request().getHeader(HttpHeaderNames.ORIGIN);
      if (origins.isListed(origin)) {
        listed.handle(context);
      } else if (origin == null || origins.isFromHere(context.request())) {
        context.next();
      } else {
        // Nothing of the body may be lost while the question is under way.
        context.request().pause();
        platforms
            .contain(origin)
            .onSuccess(
                lists -> {
                  if (lists) {
                    corsOf(Set.of(origin)).handle(context);
                  } else {
                    context.next();
                  }
                });
      }
    };
  }

  private static CorsHandler corsOf(Set<String> listed) {
    return CorsHandler.create()
        .addOrigins(List.copyOf(listed))
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
}

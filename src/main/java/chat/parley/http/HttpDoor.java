package chat.parley.http;

import chat.parley.bus.Bus;
import chat.parley.realtime.Node;
import chat.parley.realtime.RealtimeMeters;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP port with everything behind it. Preparing reads the contract and can run while the
 * database starts; opening binds the port on several event loops.
 */
public final class HttpDoor {
  /**
   * How the door is hung.
   *
   * @param port 0 for a free one
   * @param loops how many event loops share the port
   * @param publicUrl how browsers reach this server, with the path of a proxy below which it lies,
   *     without a slash at the end; empty when not set
   * @param corsOrigins the pages of other origins that may use the API
   * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} is believed
   * @param bodyDeadline how long a request's body may take to arrive
   * @param headDeadline how long a connection may be silent, or take for a request's head
   * @param mediaAccel where a server before this one finds files; empty when it does not
   * @param apiPages what a browser finds of the API
   * @param tls by which this server speaks https itself; null when it does not
   */
  public record Options(
      String host,
      int port,
      int loops,
      String publicUrl,
      Set<String> corsOrigins,
      Set<String> trustedProxies,
      boolean limitsOn,
      Duration bodyDeadline,
      Duration headDeadline,
      String mediaAccel,
      ApiPages apiPages,
      Tls tls) {
    private static final Duration HEAD_DEADLINE = Duration.ofSeconds(20);

    /** Plain http. */
    public Options(
        String host,
        int port,
        int loops,
        String publicUrl,
        Set<String> corsOrigins,
        Set<String> trustedProxies,
        boolean limitsOn,
        Duration bodyDeadline) {
      this(
          host,
          port,
          loops,
          publicUrl,
          corsOrigins,
          trustedProxies,
          limitsOn,
          bodyDeadline,
          HEAD_DEADLINE,
          "",
          ApiPages.ON,
          null);
    }

    /** The same with https; null for none. */
    public Options with(Tls tls) {
      return new Options(
          host,
          port,
          loops,
          publicUrl,
          corsOrigins,
          trustedProxies,
          limitsOn,
          bodyDeadline,
          headDeadline,
          mediaAccel,
          apiPages,
          tls);
    }

    /** The same with other pages of the API. */
    public Options with(ApiPages apiPages) {
      return new Options(
          host,
          port,
          loops,
          publicUrl,
          corsOrigins,
          trustedProxies,
          limitsOn,
          bodyDeadline,
          headDeadline,
          mediaAccel,
          apiPages,
          tls);
    }

    /** The same with another time for heads. */
    public Options withHeadDeadline(Duration headDeadline) {
      return new Options(
          host,
          port,
          loops,
          publicUrl,
          corsOrigins,
          trustedProxies,
          limitsOn,
          bodyDeadline,
          headDeadline,
          mediaAccel,
          apiPages,
          tls);
    }

    /** The same with files left to a server before this one. */
    public Options withMediaAccel(String mediaAccel) {
      return new Options(
          host,
          port,
          loops,
          publicUrl,
          corsOrigins,
          trustedProxies,
          limitsOn,
          bodyDeadline,
          headDeadline,
          mediaAccel,
          apiPages,
          tls);
    }

    /** Whether browsers come by https, so that the cookie may be bound to it. */
    boolean isSecure() {
      return tls != null || publicUrl.startsWith("https:");
    }

    /** The path below which a proxy shows this server, as {@code /chat}; empty for the root. */
    String basePath() {
      return publicUrl.isEmpty() ? "" : URI.create(publicUrl).getRawPath();
    }

    /** With the prefix by which browsers hold a cookie to what it says of itself. */
    String cookieName(String plain) {
      if (!isSecure()) {
        return plain;
      }
      return (basePath().isEmpty() ? "__Host-" : "__Secure-") + plain;
    }

    String cookiePath() {
      return basePath().isEmpty() ? "/" : basePath();
    }

    /**
     * Where browsers find this site: as it is set, or else as this one asked. No slash at the end.
     */
    String site(HttpServerRequest request) {
      return publicUrl.isEmpty() ? request.scheme() + "://" + request.authority() : publicUrl;
    }
  }

  /**
   * What https needs.
   *
   * @param certificate PEM, the server's own first
   * @param key PEM, without a password
   * @param redirectPort a plain port that sends to the public URL; 0 for none, negative for a free
   *     one
   */
  public record Tls(Path certificate, Path key, int redirectPort) {}

  /** What https needs cannot be used; the message is for the operator. */
  public static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }

    Unfit(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final Vertx vertx;
  private final Options options;
  private final Contract contract;
  private final Node node;
  private final Metering metering;
  private final CertificateWatch certificate;
  private final RequestLog log;
  private final AtomicInteger port = new AtomicInteger();
  private final AtomicInteger redirectPort = new AtomicInteger();
  private volatile String deployment;

  private HttpDoor(
      Vertx vertx,
      Options options,
      Contract contract,
      Node node,
      Metering metering,
      CertificateWatch certificate,
      RequestLog log) {
    this.vertx = vertx;
    this.options = options;
    this.contract = contract;
    this.node = node;
    this.metering = metering;
    this.certificate = certificate;
    this.log = log;
  }

  /** A door that counts for nobody. */
  static Future<HttpDoor> prepare(Vertx vertx, Options options) {
    Metering metering = Metering.none();
    return prepare(vertx, options, metering, RequestLog.off(metering.registry()));
  }

  public static Future<HttpDoor> prepare(
      Vertx vertx, Options options, Metering metering, RequestLog log) {
    RealtimeMeters meters = new RealtimeMeters(metering.registry());
    Node node = new Node(vertx, Bus.of(vertx), options.limitsOn(), meters);
    Future<Void> checked = node.check();
    return certificate(vertx, options.tls())
        .compose(
            certificate ->
                Contract.load(vertx)
                    .compose(
                        contract ->
                            checked.map(
                                new HttpDoor(
                                    vertx, options, contract, node, metering, certificate, log))));
  }

  private static Future<CertificateWatch> certificate(Vertx vertx, Tls tls) {
    return tls == null ? Future.succeededFuture() : CertificateWatch.begin(vertx, tls);
  }

  /** Whether a word is an address or a network, as trusted proxies are named. */
  public static boolean isNetwork(String word) {
    return ClientAddress.isNetwork(word);
  }

  /** Fails when the port is taken, or when the contract and what serves it differ. */
  public Future<HttpDoor> open() {
    // One for all loops: a limit holds for the node.
    Limits limits = new Limits(options.limitsOn(), TimeMeter.SYSTEM_MILLISECONDS);
    HttpMeters meters = new HttpMeters(metering.registry());
    Pulse pulse = Pulse.start(vertx, metering.registry());
    return vertx
        .executeBlocking(() -> log.open(options.trustedProxies()))
        .compose(opened -> deploy(limits, meters, pulse))
        .compose(id -> redirect().map(id))
        .map(
            id -> {
              deployment = id;
              return this;
            });
  }

  private Future<String> deploy(Limits limits, HttpMeters meters, Pulse pulse) {
    return vertx.deployVerticle(
        () ->
            new HttpVerticle(
                options,
                certificate,
                contract,
                limits,
                node,
                metering,
                meters,
                pulse,
                log,
                port::set),
        new DeploymentOptions().setInstances(options.loops()));
  }

  private Future<?> redirect() {
    return options.tls() == null || options.tls().redirectPort() == 0
        ? Future.succeededFuture()
        : vertx
            .deployVerticle(new RedirectVerticle(options, log, redirectPort::set))
            .recover(
                failure ->
                    Future.failedFuture(
                        new Unfit(
                            "The port "
                                + options.tls().redirectPort()
                                + " for redirects cannot be"
                                + " listened on: choose another with --http-redirect-port",
                            failure)));
  }

  /** The bound port. */
  public int port() {
    return port.get();
  }

  /** The bound port of the redirect; 0 when there is none. */
  public int redirectPort() {
    return redirectPort.get();
  }

  /** Tells the sockets, lets running requests finish (at most 5 s), and closes the port. */
  public Future<Void> close() {
    Future<Void> closed =
        deployment == null
            ? Future.succeededFuture()
            : vertx.undeploy(deployment).onComplete(done -> node.leave());
    return closed.eventually(() -> vertx.executeBlocking(log::close));
  }
}

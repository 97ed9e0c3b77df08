package chat.parley.http;

import chat.parley.bus.Bus;
import chat.parley.realtime.Node;
import chat.parley.realtime.RealtimeMeters;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
   * @param publicUrl how browsers reach this server; empty when not set
   * @param corsOrigins the pages of other origins that may use the API
   * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} is believed
   * @param bodyDeadline how long a request's body may take to arrive
   */
  public record Options(
      String host,
      int port,
      int loops,
      String publicUrl,
      Set<String> corsOrigins,
      Set<String> trustedProxies,
      boolean limitsOn,
      Duration bodyDeadline) {

    /** Whether browsers come by https, so that the cookie may be bound to it. */
    boolean isSecure() {
      return publicUrl.startsWith("https:");
    }
  }

  private final Vertx vertx;
  private final Options options;
  private final Contract contract;
  private final Node node;
  private final Metering metering;
  private final AtomicInteger port = new AtomicInteger();
  private volatile String deployment;

  private HttpDoor(Vertx vertx, Options options, Contract contract, Node node, Metering metering) {
    this.vertx = vertx;
    this.options = options;
    this.contract = contract;
    this.node = node;
    this.metering = metering;
  }

  /** A door that counts for nobody. */
  static Future<HttpDoor> prepare(Vertx vertx, Options options) {
    return prepare(vertx, options, Metering.none());
  }

  public static Future<HttpDoor> prepare(Vertx vertx, Options options, Metering metering) {
    RealtimeMeters meters = new RealtimeMeters(metering.registry());
    Node node = new Node(vertx, Bus.of(vertx), options.limitsOn(), meters);
    Future<Void> checked = node.check();
    return Contract.load(vertx)
        .compose(contract -> checked.map(new HttpDoor(vertx, options, contract, node, metering)));
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
    return vertx
        .deployVerticle(
            () -> new HttpVerticle(options, contract, limits, node, metering, meters, port::set),
            new DeploymentOptions().setInstances(options.loops()))
        .map(
            id -> {
              deployment = id;
              return this;
            });
  }

  /** The bound port. */
  public int port() {
    return port.get();
  }

  /** Tells the sockets, lets running requests finish (at most 5 s), and closes the port. */
  public Future<Void> close() {
    return deployment == null
        ? Future.succeededFuture()
        : vertx.undeploy(deployment).onComplete(closed -> node.leave());
  }
}

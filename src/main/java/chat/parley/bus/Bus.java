package chat.parley.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one wall all rooms share: typed requests, typed announcements, and failures that arrive as
 * they were thrown. The only user of the Vert.x event bus.
 */
public final class Bus {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setCodecName(ByReference.NAME).setLocalOnly(true);

  /** By how long is waited: made once, as there are few. */
  private static final Map<Long, DeliveryOptions> PATIENCE = new ConcurrentHashMap<>();

  private final Vertx vertx;
  private final EventBus events;
  private final BusMeters meters;
  private final Relay relay;
  private final Epoch epoch;

  private Bus(Vertx vertx) {
    this.vertx = vertx;
    this.events = vertx.eventBus();
    this.meters = BusMeters.of(vertx);
    this.relay = Relay.of(vertx);
    this.epoch = Epoch.of(vertx);
  }

  /** The bus of this Vert.x; the first call teaches it to pass records by reference. */
  public static Bus of(Vertx vertx) {
    Bus bus = new Bus(vertx);
    synchronized (vertx) {
      try {
        bus.events.registerCodec(new ByReference());
      } catch (IllegalStateException alreadyRegistered) {
        // Another verticle of this Vert.x was here first.
      }
    }
    return bus;
  }

  /** Asks whoever serves the address; fails with a {@link Failure}, whatever went wrong. */
  public <Q, R> Future<R> ask(Address<Q, R> address, Q question) {
    return events
        .<Object>request(address.name(), question, asking(address))
        .transform(
            done -> {
              if (done.failed()) {
                return Future.failedFuture(failureOf(address.name(), done.cause()));
              }
              Object answer = done.result().body();
              return answer instanceof Failure failure
                  ? Future.failedFuture(failure)
                  : Future.succeededFuture(cast(answer));
            });
  }

  private static DeliveryOptions asking(Address<?, ?> address) {
    return PATIENCE.computeIfAbsent(
        address.patienceMs(), patience -> new DeliveryOptions(LOCAL).setSendTimeout(patience));
  }

  /** Serves an address on the calling context until the verticle is undeployed. */
  public <Q, R> void serve(Address<Q, R> address, Function<Q, Future<R>> service) {
    events.<Q>localConsumer(address.name(), message -> answer(address, service, message));
  }

  private <Q, R> void answer(
      Address<Q, R> address, Function<Q, Future<R>> service, Message<Q> message) {
    Future<R> answer;
    try {
      answer = service.apply(message.body());
    } catch (RuntimeException thrown) {
      answer = Future.failedFuture(thrown);
    }
    answer.onComplete(
        done ->
            message.reply(
                done.succeeded() ? done.result() : failureOf(address.name(), done.cause()), LOCAL));
  }

  /** Announces to every consumer on every node: here by reference, elsewhere as bytes. */
  public <E> void publish(Topic<E> topic, Object key, E event) {
    publishHere(topic, key, event);
    relay.tell(event);
  }

  /** Announces to every consumer on this node only. */
  public <E> void publishHere(Topic<E> topic, Object key, E event) {
    epoch.announced(topic);
    events.publish(topic.of(key), event, LOCAL);
  }

  /**
   * Rises whenever a session's end or a change of an account is announced on this node, before
   * whoever asked for it is answered. What somebody may do, and how they are called, is true no
   * longer than the count at which it was asked.
   */
  public long epoch() {
    return epoch.now();
  }

  /** Hears announcements on the calling context. */
  public <E> MessageConsumer<E> hear(Topic<E> topic, Object key, Consumer<E> listener) {
    return events.localConsumer(topic.of(key), message -> listener.accept(message.body()));
  }

  /**
   * From now on announcements go to the other nodes as well, and theirs are heard. For whoever
   * starts the server, before there is anybody to hear.
   *
   * @param name what this node is called
   */
  public void join(String name, Outlet others) {
    relay.join(vertx, name, others);
  }

  /** Takes what another node has told, on any thread; never blocks. */
  public void received(byte[] wire) {
    relay.received(this, wire);
  }

  /** Whether there are, or may be, other nodes. */
  public boolean isClustered() {
    return relay.isJoined();
  }

  /** What this node is called among others; null for a server that stands alone. */
  public String nodeName() {
    return relay.name();
  }

  public Vertx vertx() {
    return vertx;
  }

  /**
   * What a client may know of a cause; anything unexpected is logged here, once, and becomes
   * INTERNAL.
   */
  private Failure failureOf(String address, Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (cause instanceof ReplyException reply
        && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      meters.unanswered.increment();
      LOG.warn("{}: nobody answered ({})", address, reply.failureType());
      return Problem.UNAVAILABLE.retryAfter(1, "The server is starting, stopping or overloaded");
    }
    meters.unexpected.increment();
    LOG.error("{}: unexpected failure", address, cause);
    return Problem.INTERNAL.failure();
  }

  @SuppressWarnings("unchecked")
  private static <R> R cast(Object answer) {
    return (R) answer;
  }
}

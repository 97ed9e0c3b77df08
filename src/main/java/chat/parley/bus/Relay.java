package chat.parley.bus;

import chat.parley.model.Accounts;
import chat.parley.model.NodeNews;
import chat.parley.model.RoomNews;
import chat.parley.model.UserNotice;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements from node to node, over one address for all topics: a node registers once, however
 * many rooms it serves, so registering a room waits for no cluster, and what a partition may take
 * away is one registration, which is made anew when nothing is heard.
 */
final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final String ADDRESS = "parley.announced";
  private static final long SILENCE_MS = 10_000;
  private static final DeliveryOptions REMOTE = new DeliveryOptions().setCodecName(Form.NAME);

  /** What came over the wire; null when it cannot be read. Our own messages do not come so. */
  private record Arrived(Object event) {}

  private final Bus bus;
  private final EventBus events;
  private MessageConsumer<Object> consumer;
  private boolean arrived;
  private boolean warned;

  private Relay(Bus bus, EventBus events) {
    this.bus = bus;
    this.events = events;
  }

  /** Hears the other nodes from now on. */
  static void start(Vertx vertx, Bus bus, EventBus events) {
    events.registerCodec(new Form());
    Relay relay = new Relay(bus, events);
    vertx
        .getOrCreateContext()
        .runOnContext(
            turn -> {
              relay.register();
              vertx.setPeriodic(SILENCE_MS, timer -> relay.registerAgainIfSilent());
            });
  }

  private void register() {
    MessageConsumer<Object> before = consumer;
    consumer = events.consumer(ADDRESS, this::received);
    consumer
        .completion()
        .onFailure(failure -> LOG.warn("Announcements of other nodes: {}", failure.toString()));
    if (before != null) {
      before.unregister();
    }
  }

  /**
   * After a partition the cluster may have forgotten that we listen (vert.x #4394). The others say
   * something every two seconds, so silence means that, or that there is nobody.
   */
  private void registerAgainIfSilent() {
    if (!arrived) {
      register();
    }
    arrived = false;
  }

  private void received(Message<Object> message) {
    if (message.body() instanceof Arrived from) {
      arrived = true;
      if (from.event != null) {
        announce(from.event);
      } else if (!warned) {
        warned = true;
        LOG.warn("Another node announces what cannot be read here; do they run the same Parley?");
      }
    }
  }

  private void announce(Object event) {
    if (event instanceof RoomNews news) {
      bus.publishHere(Addresses.ROOM, news.roomId(), news);
    } else if (event instanceof UserNotice notice) {
      bus.publishHere(Addresses.USER, notice.userId(), notice);
    } else if (event instanceof Accounts.SessionsEnded ended) {
      bus.publishHere(Addresses.SESSIONS_ENDED, "", ended);
    } else if (event instanceof NodeNews news) {
      bus.publishHere(Addresses.NODES, "", news);
    }
  }

  /** Tells every other node; nobody waits for it. */
  static void tell(EventBus events, Object event) {
    events.publish(ADDRESS, event, REMOTE);
  }

  private static final class Form implements MessageCodec<Object, Object> {
    static final String NAME = "parley.wire";

    @Override
    public Object transform(Object event) {
      return event;
    }

    @Override
    public void encodeToWire(Buffer wire, Object event) {
      Buffer bytes = WireForm.write(event);
      wire.appendInt(bytes.length()).appendBuffer(bytes);
    }

    /** Never throws: Vert.x would end the connection to that node. */
    @Override
    public Object decodeFromWire(int position, Buffer wire) {
      try {
        int from = position + 4;
        return new Arrived(WireForm.read(wire.slice(from, from + wire.getInt(position))));
      } catch (RuntimeException unreadable) {
        return new Arrived(null);
      }
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}

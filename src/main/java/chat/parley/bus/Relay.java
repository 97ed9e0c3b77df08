package chat.parley.bus;

import chat.parley.model.Accounts;
import chat.parley.model.Announcement;
import chat.parley.model.FilterWords;
import chat.parley.model.NodeNews;
import chat.parley.model.RoomNews;
import chat.parley.model.UserNotice;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements from node to node, one for a Vert.x: out as bytes by the {@link Outlet}, in to
 * whoever hears the topic on this node. All topics go one way, so that an order is kept and
 * registering a room waits for nobody.
 */
final class Relay implements Shareable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  /** What may wait for an event loop that is busy; what comes above it is dropped. */
  static final long MOST_BYTES = 16 << 20;

  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean unreadable = new AtomicBoolean();
  private final AtomicBoolean dropping = new AtomicBoolean();
  private volatile Context context;
  private volatile Outlet outlet;
  private volatile String name;

  private Relay() {}

  static Relay of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Relay>getLocalMap("parley.bus")
        .computeIfAbsent("relay", name -> new Relay());
  }

  void join(Vertx vertx, String as, Outlet others) {
    name = as;
    context = vertx.getOrCreateContext();
    outlet = others;
  }

  boolean isJoined() {
    return outlet != null;
  }

  /** Null while there is no other node. */
  String name() {
    return name;
  }

  /** Tells every other node, if there are any; nobody waits for it. */
  void tell(Object event) {
    Outlet others = outlet;
    if (others != null) {
      others.tell(WireForm.write(event).getBytes());
    }
  }

  /**
   * Announces here what another node told; all of it on one context, so in the order of arrival.
   */
  void received(Bus bus, byte[] wire) {
    Context turns = context;
    if (turns == null) {
      return;
    }
    if (waitingBytes.addAndGet(wire.length) > MOST_BYTES) {
      waitingBytes.addAndGet(-wire.length);
      if (!dropping.getAndSet(true)) {
        LOG.warn("This node does not keep up with what others announce; some of it is dropped");
      }
      return;
    }
    try {
      turns.runOnContext(
          turn -> {
            waitingBytes.addAndGet(-wire.length);
            announce(bus, read(wire));
          });
    } catch (RejectedExecutionException stopped) {
      LOG.debug("Told what nobody is here to hear any more");
    }
  }

  /** Null when it cannot be read. */
  private Object read(byte[] wire) {
    try {
      return WireForm.read(Buffer.buffer(wire));
    } catch (RuntimeException foreign) {
      if (!unreadable.getAndSet(true)) {
        LOG.warn("Another node announces what cannot be read here; do they run the same Parley?");
      }
      return null;
    }
  }

  private static void announce(Bus bus, Object event) {
    if (event instanceof RoomNews news) {
      bus.publishHere(Addresses.ROOM, news.roomId(), news);
    } else if (event instanceof UserNotice notice) {
      bus.publishHere(Addresses.USER, notice.userId(), notice);
    } else if (event instanceof Accounts.SessionsEnded ended) {
      bus.publishHere(Addresses.SESSIONS_ENDED, "", ended);
    } else if (event instanceof Accounts.AccountChanged changed) {
      bus.publishHere(Addresses.ACCOUNT_CHANGED, "", changed);
    } else if (event instanceof FilterWords.Changed changed) {
      bus.publishHere(Addresses.FILTER_WORDS, "", changed);
    } else if (event instanceof Announcement.News news) {
      bus.publishHere(Addresses.ANNOUNCEMENTS, "", news);
    } else if (event instanceof NodeNews news) {
      bus.publishHere(Addresses.NODES, "", news);
    }
  }
}

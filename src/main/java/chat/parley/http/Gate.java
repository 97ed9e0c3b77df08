package chat.parley.http;

import chat.parley.model.Limit;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stands before the listening ports and turns connections away that are too many: of one address,
 * or of all together, so that files and the database never want for descriptors. It sees a
 * connection once, when it is accepted, before its first byte and before TLS; what an open one does
 * costs nothing here. O(1) a connection, memory for the addresses that have one.
 */
public final class Gate {
  private final ClientAddress trusted;
  private final int mostOfOne;
  private final int mostOfAll;
  private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder tooManyOfOne = new LongAdder();
  private final LongAdder tooManyOfAll = new LongAdder();

  private Gate(Collection<String> proxies, int mostOfOne, int mostOfAll) {
    this.trusted = new ClientAddress(proxies);
    this.mostOfOne = mostOfOne;
    this.mostOfAll = mostOfAll;
  }

  /**
   * @param proxies addresses and networks of which as many connections are taken as there is room
   * @param limited whether one address may only have so many
   */
  public static Gate of(Collection<String> proxies, boolean limited) {
    return new Gate(
        proxies,
        limited ? Limit.CONNECTIONS_BY_ADDRESS.most() : Integer.MAX_VALUE,
        Descriptors.spare());
  }

  /** With numbers of its own. */
  static Gate of(Collection<String> proxies, int mostOfOne, int mostOfAll) {
    return new Gate(proxies, mostOfOne, mostOfAll);
  }

  /** The machine's transport with this gate before every port that is opened through it. */
  public Transport transport() {
    return GatedTransport.of(this);
  }

  /** Shows how many came in, and how many did not. */
  public Gate show(MeterRegistry registry) {
    Gauge.builder("parley.connections", open, AtomicInteger::get)
        .description("Connections that are open, sockets among them.")
        .register(registry);
    count(registry, "address", tooManyOfOne);
    count(registry, "all", tooManyOfAll);
    return this;
  }

  private static void count(MeterRegistry registry, String of, LongAdder adder) {
    FunctionCounter.builder("parley.connections.refused", adder, LongAdder::sum)
        .description("Connections turned away: too many of one address, or of all together.")
        .tag("of", of)
        .register(registry);
  }

  /** For the pipeline of a listening channel, where accepted ones pass. */
  ChannelHandler keeper() {
    return new Keeper();
  }

  private final class Keeper extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      if (accepted instanceof Channel channel && !admit(channel)) {
        // Reset, since each polite farewell would leave a port in TIME_WAIT.
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().closeForcibly();
      } else {
        context.fireChannelRead(accepted);
      }
    }
  }

  private boolean admit(Channel channel) {
    if (open.incrementAndGet() > mostOfAll) {
      open.decrementAndGet();
      tooManyOfAll.increment();
      return false;
    }
    String address = addressOf(channel);
    if (!takePlace(address)) {
      open.decrementAndGet();
      tooManyOfOne.increment();
      return false;
    }
    channel.closeFuture().addListener(closed -> leave(address));
    return true;
  }

  /** Empty when nobody counts it. */
  private String addressOf(Channel channel) {
    if (channel.remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null) {
      String address = peer.getAddress().getHostAddress();
      return trusted.isTrusted(address) ? "" : ClientAddress.limitKey(address);
    }
    return "";
  }

  private boolean takePlace(String address) {
    if (address.isEmpty() || addresses.merge(address, 1, Integer::sum) <= mostOfOne) {
      return true;
    }
    givePlace(address);
    return false;
  }

  private void givePlace(String address) {
    addresses.computeIfPresent(address, (key, taken) -> taken == 1 ? null : taken - 1);
  }

  private void leave(String address) {
    open.decrementAndGet();
    givePlace(address);
  }
}

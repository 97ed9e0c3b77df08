package chat.parley.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.counter.configuration.CounterManagerConfigurationBuilder;
import org.infinispan.counter.configuration.Reliability;
import org.infinispan.lock.configuration.ClusteredLockManagerConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins this node to the others: a Vert.x whose bus reaches all of them. Both channels, for the
 * membership and for announcements, take and make connections only by the {@link Identity} that the
 * shared secret gives.
 */
public final class Cluster {
  /**
   * Who belongs.
   *
   * @param nodes the addresses of all nodes, this one among them
   * @param self the address of this node
   * @param seed 32 bytes derived from the secret that all nodes share
   */
  public record Options(List<NodeAddress> nodes, NodeAddress self, byte[] seed) {
    @Override
    public String toString() {
      return "Options[" + nodes + ", " + self + "]";
    }
  }

  /** Why this node cannot join, in words for the operator. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final Executor BLOCKING = task -> new Thread(task, "parley-cluster").start();
  private static final String NAME = "parley";

  /** Infinispan 14 asks for the security manager's subject at each start. */
  private static final int LAST_JAVA = 23;

  private static final int KNOCK_MS = 2_000;
  private static final int PING_MS = 5_000;

  /** What Vert.x keeps of the nodes: who listens where, and for what. */
  private static final List<String> CACHES =
      List.of("__vertx.subs", "__vertx.haInfo", "__vertx.nodeInfo");

  private Cluster() {}

  /** Fails with {@link Refused} when the operator has to do something about it. */
  public static Future<Vertx> join(VertxBuilder builder, VertxOptions options, Options cluster) {
    if (Runtime.version().feature() > LAST_JAVA) {
      return Future.failedFuture(
          new Refused("--cluster needs Java 17 to 23: its library asks what Java 24 took out"));
    }
    Identity identity = new Identity(cluster.seed());
    // What follows asks for names, connects and listens: not on the caller's thread.
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(() -> membership(cluster, identity), BLOCKING))
        .compose(
            membership ->
                builder
                    .with(new VertxOptions(options).setEventBusOptions(bus(cluster, identity)))
                    .withClusterManager(membership)
                    .buildClustered())
        .recover(failure -> Future.failedFuture(explained(cluster, failure)));
  }

  private static Membership membership(Options cluster, Identity identity) {
    SSLContext tls = identity.context();
    cluster.nodes().stream()
        .filter(node -> !node.equals(cluster.self()))
        .forEach(node -> knock(node, tls));
    ConfigurationBuilderHolder caches = new ConfigurationBuilderHolder();
    GlobalConfigurationBuilder global = caches.getGlobalConfigurationBuilder();
    global.jmx().disable().shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
    global
        .transport()
        .clusterName(NAME)
        .nodeName(cluster.self() + "-" + Long.toHexString(System.nanoTime()))
        .transport(new JGroupsTransport(channel(cluster, tls)));
    // Both belong to the cluster manager and are not used here. Left to themselves they prefer to
    // be
    // consistent: a node could not start again while another one is thought to come back.
    global
        .addModule(ClusteredLockManagerConfigurationBuilder.class)
        .reliability(org.infinispan.lock.configuration.Reliability.AVAILABLE);
    global.addModule(CounterManagerConfigurationBuilder.class).reliability(Reliability.AVAILABLE);
    for (String name : CACHES) {
      caches.newConfigurationBuilder(name).clustering().cacheMode(CacheMode.REPL_SYNC);
    }
    return new Membership(new DefaultCacheManager(caches, false));
  }

  private static JChannel channel(Options cluster, SSLContext tls) {
    try {
      return Channel.to(cluster.nodes(), cluster.self(), tls);
    } catch (UnknownHostException unknown) {
      throw new Refused("The cluster address " + cluster.self() + " cannot be resolved");
    } catch (Exception e) {
      throw new IllegalStateException("The cluster's channel cannot be made", e);
    }
  }

  private static EventBusOptions bus(Options cluster, Identity identity) {
    return new EventBusOptions()
        .setHost(cluster.self().host())
        .setPort(cluster.self().eventsPort())
        .setSsl(true)
        .setKeyCertOptions(identity.shown())
        .setTrustOptions(identity.accepted())
        .setTrustAll(false)
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(Set.of(Identity.PROTOCOL))
        .setConnectTimeout(KNOCK_MS)
        // A peer that is connected and does not read is dropped after both: so long may what is
        // meant for it wait here.
        .setClusterPingInterval(PING_MS)
        .setClusterPingReplyInterval(PING_MS);
  }

  /**
   * JGroups would let a node that nobody understands start a cluster of its own. So each address is
   * tried first: nobody there is fine, somebody with another secret is not.
   */
  private static void knock(NodeAddress node, SSLContext tls) {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(node.resolved(), node.port()), KNOCK_MS);
      plain.setSoTimeout(KNOCK_MS);
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, node.host(), node.port(), true)) {
        socket.startHandshake();
      }
    } catch (SSLException refused) {
      if (caused(refused, CertificateException.class)) {
        throw new Refused(
            "The node at " + node + " has another secret: give all nodes the same --secret");
      }
      LOG.warn("What answers at {} is no node of ours: {}", node, refused.getMessage());
    } catch (IOException absent) {
      LOG.debug("Nobody at {} yet: {}", node, absent.getMessage());
    }
  }

  private static Throwable explained(Options cluster, Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() instanceof Refused refused) {
      return refused;
    }
    NodeAddress self = cluster.self();
    // The native transport has an exception of its own for a port that is taken.
    return failure instanceof IOException || caused(failure, BindException.class)
        ? new Refused(
            "The cluster address %s, or its ports %d and %d, cannot be listened on: taken, or not this machine's"
                .formatted(self, self.eventsPort(), self.watchPort()))
        : failure;
  }

  private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}

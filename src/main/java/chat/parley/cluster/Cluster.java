package chat.parley.cluster;

import io.vertx.core.Future;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message.TransientFlag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among the others: what it tells reaches all of them as it is, in its order, or is
 * dropped. Connections are taken and made only by the {@link Identity} that the shared secret
 * gives.
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

  private final JChannel channel;
  private final Inbox inbox;
  private final Outbox outbox = new Outbox(this::send);

  private Cluster(JChannel channel, Inbox inbox) {
    this.channel = channel;
    this.inbox = inbox;
  }

  /**
   * Fails with {@link Refused} when the operator has to do something about it.
   *
   * @param receiver takes what other nodes tell, on threads of the channel, and does not block
   */
  public static Future<Cluster> join(Options options, Consumer<byte[]> receiver) {
    // Asks for names, connects and listens: not on the caller's thread.
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(() -> joined(options, new Inbox(receiver)), BLOCKING))
        .recover(failure -> Future.failedFuture(explained(options.self(), failure)));
  }

  private static Cluster joined(Options options, Inbox inbox) {
    SSLContext tls = new Identity(options.seed()).context();
    options.nodes().stream()
        .filter(node -> !node.equals(options.self()))
        .forEach(node -> Knock.at(node, tls));
    Cluster cluster = new Cluster(channel(options, tls), inbox);
    cluster.connect(options.self());
    return cluster;
  }

  private static JChannel channel(Options options, SSLContext tls) {
    try {
      return Channel.to(options.nodes(), options.self(), tls);
    } catch (UnknownHostException unknown) {
      throw new Refused("The cluster address " + options.self() + " cannot be resolved");
    } catch (Exception e) {
      throw new IllegalStateException("The cluster's channel cannot be made", e);
    }
  }

  private void connect(NodeAddress self) {
    try {
      channel.name(self.toString()).setReceiver(inbox).connect(NAME);
    } catch (Exception e) {
      channel.close();
      throw new CompletionException(e);
    }
    outbox.open();
  }

  /** Tells every other node; nobody waits for it. */
  public void tell(byte[] announcement) {
    if (!inbox.isAlone()) {
      outbox.put(announcement);
    }
  }

  private void send(byte[] batch) throws Exception {
    channel.send(new BytesMessage(null, batch).setFlag(TransientFlag.DONT_LOOPBACK));
  }

  /** Says what is waiting, then goes. */
  public Future<Void> leave() {
    return Future.fromCompletionStage(CompletableFuture.runAsync(this::close, BLOCKING));
  }

  private void close() {
    try {
      outbox.close();
    } catch (InterruptedException impatient) {
      LOG.debug("Left without last words");
    }
    channel.close();
  }

  private static Throwable explained(NodeAddress self, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refused) {
        return cause;
      }
      if (cause instanceof BindException) {
        return new Refused(
            "The cluster address %s, or its port %d, cannot be listened on: taken, or not this machine's"
                .formatted(self, self.watchPort()));
      }
    }
    return failure;
  }
}

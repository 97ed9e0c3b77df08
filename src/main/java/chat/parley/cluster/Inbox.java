package chat.parley.cluster;

import java.util.List;
import java.util.function.Consumer;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what other nodes announce, each node's in its order, and knows whether there are any.
 */
final class Inbox implements Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final Consumer<byte[]> receiver;
  private volatile boolean alone = true;
  private volatile boolean warned;

  Inbox(Consumer<byte[]> receiver) {
    this.receiver = receiver;
  }

  @Override
  public void receive(Message message) {
    List<byte[]> announcements;
    try {
      announcements = Batch.read(message.getArray(), message.getOffset(), message.getLength());
    } catch (RuntimeException unreadable) {
      if (!warned) {
        warned = true;
        LOG.warn("A message of {} cannot be read; do both run Parley?", message.getSrc());
      }
      return;
    }
    announcements.forEach(receiver);
  }

  @Override
  public void viewAccepted(View view) {
    alone = view.size() == 1;
    LOG.info("Nodes that are connected: {}", view.getMembers());
  }

  /** Whether nobody would hear what this node says. */
  boolean isAlone() {
    return alone;
  }
}

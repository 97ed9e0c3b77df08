package chat.parley.cluster;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be told to the other nodes, in order. Whoever announces never waits: a thread of its
 * own does, when a node does not read. What does not fit meanwhile is dropped; announcements are
 * hints, and who misses one reads the database.
 */
final class Outbox {
  /** The way out; may block as long as it likes. */
  interface Line {
    void send(byte[] batch) throws Exception;
  }

  static final int MOST = 10_000;
  static final int MOST_BYTES = 16 << 20;
  private static final int BATCH_BYTES = 48_000;

  /** How long what is still waiting is sent after the end. */
  private static final long LAST_WORDS_MS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Line line;
  private final Thread sender = new Thread(this::run, "parley-cluster-outbox");
  private boolean failing;

  Outbox(Line line) {
    this.line = line;
    sender.setDaemon(true);
  }

  void open() {
    sender.start();
  }

  /** Never blocks; callable by all threads. */
  void put(byte[] announcement) {
    boolean fits = count.incrementAndGet() <= MOST;
    if (bytes.addAndGet(announcement.length) <= MOST_BYTES && fits) {
      waiting.add(announcement);
    } else {
      taken(announcement);
      if (dropped.getAndIncrement() == 0) {
        LOG.warn("A node does not read: announcements are dropped, the database makes up for them");
      }
    }
  }

  private void taken(byte[] announcement) {
    count.decrementAndGet();
    bytes.addAndGet(-announcement.length);
  }

  private void run() {
    try {
      byte[] first = waiting.take();
      while (first != END) {
        send(batchFrom(first));
        first = waiting.take();
      }
    } catch (InterruptedException over) {
      LOG.debug("Ended with {} announcements unsent", waiting.size());
    }
  }

  /** With as many of those behind it as go along. */
  private byte[] batchFrom(byte[] first) {
    Batch batch = new Batch().add(first);
    taken(first);
    byte[] next = waiting.peek();
    while (next != null && next != END && batch.size() + next.length < BATCH_BYTES) {
      batch.add(waiting.remove());
      taken(next);
      next = waiting.peek();
    }
    return batch.bytes();
  }

  private void send(byte[] batch) throws InterruptedException {
    try {
      line.send(batch);
      failing = false;
    } catch (InterruptedException over) {
      throw over;
    } catch (Exception failure) {
      if (!failing) {
        failing = true;
        LOG.warn("Announcements do not reach the other nodes: {}", failure.toString());
      }
    }
    long lost = waiting.isEmpty() ? dropped.getAndSet(0) : 0;
    if (lost > 0) {
      LOG.warn("Announcements are sent again; {} were dropped", lost);
    }
  }

  /** Sends what is waiting if that goes quickly. Blocks. */
  void close() throws InterruptedException {
    waiting.add(END);
    sender.join(LAST_WORDS_MS);
    sender.interrupt();
    sender.join(TimeUnit.SECONDS.toMillis(1));
  }

  int waiting() {
    return count.get();
  }

  long waitingBytes() {
    return bytes.get();
  }

  long dropped() {
    return dropped.get();
  }
}

package chat.parley.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What a crowd heard in one window. Latencies are in nanoseconds and begin when a message was meant
 * to be sent, not when the generator came to it.
 */
public final class Heard {
  private static final long HIGHEST = TimeUnit.MINUTES.toNanos(2);

  public long deliveries;
  public long acks;

  /** Of all deliveries, without the header of the WebSocket frame. */
  public long bytes;

  public long nanos;

  /** All from the first send to the last delivery, not only those of the window. */
  public long allDeliveries;

  public long allAcks;

  /** Processor time of the server's own process, and of PostgreSQL, in the same while. */
  public long serverNanos;

  public long databaseNanos;

  /** From the intended send to the answer. */
  public final Histogram ack = new Histogram(HIGHEST, 3);

  /** From the intended send to each delivery. */
  public final Histogram delivery = new Histogram(HIGHEST, 3);

  /** From the first sign of the commit at any client, an answer or a delivery, to each delivery. */
  public final Histogram spread = new Histogram(HIGHEST, 3);

  public double deliveriesPerSecond() {
    return deliveries * 1e9 / nanos;
  }

  public double acksPerSecond() {
    return acks * 1e9 / nanos;
  }

  public double serverMicrosPerDelivery() {
    return serverNanos / 1e3 / Math.max(1, allDeliveries);
  }

  public double serverMicrosPerMessage() {
    return serverNanos / 1e3 / Math.max(1, allAcks);
  }

  public double databaseMicrosPerMessage() {
    return databaseNanos / 1e3 / Math.max(1, allAcks);
  }

  public double bytesPerDelivery() {
    return (double) bytes / Math.max(1, deliveries);
  }

  /** A percentile in milliseconds. */
  public static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.max(0, Math.min(nanos, HIGHEST)));
  }
}

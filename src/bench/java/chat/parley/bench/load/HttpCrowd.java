package chat.parley.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Clients with one keep-alive connection each and one request at a time. A paced request that finds
 * all connections busy waits, and its latency with it.
 */
public final class HttpCrowd implements AutoCloseable {
  /** One request: its kind, under which its latency is kept, and its bytes. */
  public record Ask(String kind, byte[] request) {
    public static Ask get(String kind, String path, String token) {
      return of(kind, "GET", path, token, "");
    }

    public static Ask of(String kind, String method, String path, String token, String body) {
      return new Ask(
          kind,
          Dialect.bytes(
              method
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                  + token
                  + "\r\n"
                  + (body.isEmpty()
                      ? ""
                      : "Content-Type: application/json\r\nContent-Length: "
                          + body.length()
                          + "\r\n")
                  + "\r\n"
                  + body));
    }
  }

  /**
   * What a window gave.
   *
   * @param all what was answered since the window before, also before and after it was measured
   */
  public record Answered(Map<String, Histogram> latencies, long count, long all, long nanos) {
    public double perSecond() {
      return count * 1e9 / nanos;
    }

    public Histogram of(String kind) {
      return latencies.getOrDefault(kind, new Histogram(1_000_000_000L, 3));
    }
  }

  private record Waiting(Ask ask, long intendedNanos) {}

  private static final long HIGHEST = 120_000_000_000L;

  private final Selector selector;
  private final List<HttpConnection> connections = new ArrayList<>();
  private final Deque<HttpConnection> free = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final ByteBuffer input = ByteBuffer.allocate(1 << 20);
  private final List<String> faults = new ArrayList<>();
  private Map<String, Histogram> latencies = new LinkedHashMap<>();
  private IntPredicate taken = status -> status / 100 == 2;
  private Supplier<Ask> again;
  private boolean counting;
  private long count;
  private long all;
  private long measuredFrom;
  private int underWay;

  public HttpCrowd(int port, int size) {
    try {
      selector = Selector.open();
      for (int i = 0; i < size; i++) {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        HttpConnection connection = new HttpConnection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        connections.add(connection);
      }
      free.addAll(connections);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which answers are none of the faults; their latencies are kept by kind and status then. */
  public HttpCrowd taking(IntPredicate statuses) {
    taken = statuses;
    return this;
  }

  /** Every connection asks again as soon as it is answered. */
  public Answered saturated(Supplier<Ask> asks, long warmNanos, long measuredNanos) {
    again = asks;
    long start = System.nanoTime();
    while (!free.isEmpty()) {
      send(free.poll(), asks.get(), System.nanoTime());
    }
    turnUntil(start + warmNanos);
    long measured = begin();
    turnUntil(measured + measuredNanos);
    again = null;
    return end(measured);
  }

  /** A new window begins now. */
  public long begin() {
    latencies = new LinkedHashMap<>();
    measuredFrom = System.nanoTime();
    count = 0;
    counting = true;
    return measuredFrom;
  }

  /** Ends it: what is under way still belongs to its latencies, and is waited for. */
  public Answered end(long startNanos) {
    counting = false;
    long nanos = System.nanoTime() - startNanos;
    long deadline = System.nanoTime() + HIGHEST / 2;
    while (underWay + waiting.size() > 0 && faults.isEmpty() && System.nanoTime() < deadline) {
      turn(1);
    }
    long answered = all;
    all = 0;
    return new Answered(latencies, count, answered, nanos);
  }

  private void turnUntil(long nanos) {
    while (System.nanoTime() < nanos && faults.isEmpty()) {
      turn(1);
    }
  }

  /** Asks when a connection is free; the latency counts from the moment that was meant. */
  public void ask(Ask ask, long intendedNanos) {
    HttpConnection connection = free.poll();
    if (connection == null) {
      waiting.add(new Waiting(ask, intendedNanos));
    } else {
      send(connection, ask, intendedNanos);
    }
  }

  /** Waits for at most so many milliseconds, not at all for 0. */
  public void turn(long millis) {
    try {
      if (millis == 0) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready, millis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(HttpConnection connection, Ask ask, long intendedNanos) {
    connection.ask = ask;
    connection.intendedNanos = intendedNanos;
    underWay++;
    try {
      connection.channel.write(ByteBuffer.wrap(ask.request()));
    } catch (IOException e) {
      faults.add(e.toString());
    }
  }

  private void ready(SelectionKey key) {
    HttpConnection connection = (HttpConnection) key.attachment();
    try {
      if (connection.channel.read(input.clear()) < 0) {
        throw new IOException("end of stream");
      }
      if (connection.take(input.flip())) {
        answered(connection);
      }
    } catch (IOException e) {
      key.cancel();
      faults.add(e.toString());
    }
  }

  private void answered(HttpConnection connection) {
    long now = System.nanoTime();
    underWay--;
    boolean fine = connection.status / 100 == 2;
    if (!taken.test(connection.status)) {
      faults.add(connection.ask.kind() + " was answered " + connection.status);
    }
    if (connection.intendedNanos >= measuredFrom) {
      latencies
          .computeIfAbsent(
              connection.ask.kind() + (fine ? "" : " " + connection.status),
              kind -> new Histogram(HIGHEST, 3))
          .recordValue(Math.min(HIGHEST, now - connection.intendedNanos));
    }
    all++;
    count += counting ? 1 : 0;
    next(connection, now);
  }

  private void next(HttpConnection connection, long now) {
    Waiting first = waiting.poll();
    if (first != null) {
      send(connection, first.ask, first.intendedNanos);
    } else if (again != null) {
      send(connection, again.get(), now);
    } else {
      free.add(connection);
    }
  }

  public List<String> faults() {
    return faults;
  }

  @Override
  public void close() {
    try {
      for (HttpConnection each : connections) {
        each.channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

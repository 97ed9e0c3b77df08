package chat.parley.http;

import chat.parley.model.JsonLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A file with one line for every request, and for what sockets do. An event loop lays down one
 * small object and goes on; a thread of its own looks every 20 ms what lies there, and writes it.
 * What no longer fits is dropped and counted.
 */
public final class RequestLog {
  private static final String NAME = "requests";
  private static final String EXCHANGE = "parley.exchange";
  private static final int QUEUE = 16_384;
  private static final int AT_ONCE = 256;
  private static final int GATHER_MS = 20;

  /** What becomes one line, made on the thread that writes. */
  interface Line {
    JsonLine json();
  }

  /** Null when nothing is logged. */
  private final Path folder;

  private final long bytes;
  private final Counter dropped;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(QUEUE);
  private final CountDownLatch closing = new CountDownLatch(1);
  private ClientAddress addresses = new ClientAddress(Set.of());
  private Thread writer;

  private RequestLog(Path folder, long bytes, MeterRegistry registry) {
    this.folder = folder;
    this.bytes = bytes;
    this.dropped =
        Counter.builder("parley.request.log.dropped")
            .description("Lines of the request log that were dropped: more came than was written.")
            .register(registry);
  }

  /** A log of at most so many bytes in a folder, which is made when the door opens. */
  public static RequestLog in(Path folder, long bytes, MeterRegistry registry) {
    return new RequestLog(folder, bytes, registry);
  }

  /** Nothing is logged. */
  public static RequestLog off(MeterRegistry registry) {
    return new RequestLog(null, 0, registry);
  }

  /** Blocks; {@code proxies} are those who may say where a request comes from. */
  Void open(Collection<String> proxies) {
    if (folder == null) {
      return null;
    }
    addresses = new ClientAddress(proxies);
    try {
      LogFile file = new LogFile(folder, NAME, bytes);
      writer = new Thread(() -> write(file), "parley-request-log");
      writer.setDaemon(true);
      writer.start();
      return null;
    } catch (IOException e) {
      throw new HttpDoor.Unfit(
          "The request log in "
              + folder
              + " cannot be written: "
              + e.getMessage()
              + ". Choose another --data, or --request-log off.",
          e);
    }
  }

  /** Blocks until all that came is written. */
  Void close() throws InterruptedException {
    closing.countDown();
    if (writer != null) {
      writer.join();
    }
    return null;
  }

  boolean isOn() {
    return folder != null;
  }

  /** From now on the time of a request is taken. */
  Exchange begin() {
    return new Exchange(this);
  }

  /** The same for one that goes through the router. */
  void watch(RoutingContext context) {
    Exchange exchange = begin();
    HttpServerRequest request = context.request();
    boolean socket = isSocket(request);
    context
        .put(EXCHANGE, exchange)
        .addEndHandler(
            ended -> {
              // A socket that came to be has lines of its own.
              if (!socket || request.response().getStatusCode() >= 400) {
                exchange.end(request);
              }
            });
    context.next();
  }

  /** No other path becomes one, whatever a request's headers say. */
  private static boolean isSocket(HttpServerRequest request) {
    return request.path().startsWith("/eventbus/")
        && request.path().endsWith("/websocket")
        && request.canUpgradeToWebSocket();
  }

  static Exchange of(RoutingContext context) {
    return context.get(EXCHANGE);
  }

  String addressOf(HttpServerRequest request) {
    return addresses.of(request);
  }

  /** Never waits. */
  void take(Line line) {
    if (folder != null && !waiting.offer(line)) {
      dropped.increment();
    }
  }

  private void write(LogFile file) {
    List<Line> lines = new ArrayList<>(AT_ONCE);
    try (file) {
      boolean last;
      do {
        last = closing.await(GATHER_MS, TimeUnit.MILLISECONDS);
        while (waiting.drainTo(lines, AT_ONCE) > 0) {
          file.append(encoded(lines));
          lines.clear();
        }
      } while (!last);
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] encoded(List<Line> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(AT_ONCE * 256);
    lines.forEach(line -> all.writeBytes(line.json().bytes()));
    return all.toByteArray();
  }
}

package chat.parley.http;

import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes connections of one event loop on which no request is under way for too long: those that
 * say nothing, those that drip a request's head byte by byte, and those that are kept for nothing.
 * An idle timeout cannot, since each byte begins it anew. A socket is a request that never ends,
 * and is forgotten once it is known to be one. O(1) a request, a look at each connection a second.
 */
final class Patience {
  /** How much longer a client may take to read its last answer than to ask again. */
  private static final int TO_READ = 10;

  private static final int SWITCHED = 101;

  private final long limitNanos;
  private final Map<HttpConnection, Visit> visits = new IdentityHashMap<>();

  private static final class Visit {
    final List<HttpServerRequest> running = new ArrayList<>(1);
    boolean quiet = true;

    /** Since when it has been quiet, or not. */
    long sinceNanos = System.nanoTime();

    void become(boolean quietNow, long now) {
      if (quiet != quietNow) {
        quiet = quietNow;
        sinceNanos = now;
      }
    }
  }

  Patience(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  void start(Vertx vertx) {
    long every = Math.min(1_000, Math.max(50, limitNanos / 4_000_000));
    vertx.setPeriodic(every, timer -> lookAfter(System.nanoTime()));
  }

  void opened(HttpConnection connection) {
    visits.put(connection, new Visit());
    connection.closeHandler(gone -> visits.remove(connection));
  }

  void asked(HttpServerRequest request) {
    Visit visit = visits.computeIfAbsent(request.connection(), again -> new Visit());
    if (visit.quiet) {
      visit.become(false, System.nanoTime());
    }
    if (!visit.running.isEmpty()) {
      visit.running.removeIf(Patience::isOver);
    }
    visit.running.add(request);
  }

  private void lookAfter(long now) {
    List<HttpConnection> late = new ArrayList<>();
    List<HttpConnection> sockets = new ArrayList<>();
    visits.forEach(
        (connection, visit) -> {
          if (visit.running.stream().anyMatch(Patience::isSocket)) {
            sockets.add(connection);
            return;
          }
          visit.running.removeIf(Patience::isOver);
          visit.become(visit.running.isEmpty(), now);
          if (visit.quiet && isTooLong(connection, now - visit.sinceNanos)) {
            late.add(connection);
          }
        });
    sockets.forEach(visits::remove);
    late.forEach(HttpConnection::close);
  }

  private boolean isTooLong(HttpConnection connection, long nanos) {
    return nanos > limitNanos * TO_READ || nanos > limitNanos && hasWritten(connection);
  }

  private static boolean hasWritten(HttpConnection connection) {
    if (!(connection instanceof ConnectionBase base)) {
      return true;
    }
    ChannelOutboundBuffer waiting = base.channel().unsafe().outboundBuffer();
    return waiting == null || waiting.totalPendingWriteBytes() == 0;
  }

  /** From the answer to its upgrade on, a connection is a socket's, which has limits of its own. */
  private static boolean isSocket(HttpServerRequest request) {
    return request.response().getStatusCode() == SWITCHED;
  }

  private static boolean isOver(HttpServerRequest request) {
    return !isSocket(request) && (request.response().ended() || request.response().closed());
  }
}

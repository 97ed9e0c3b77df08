package chat.parley.http;

import chat.parley.bus.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Ends requests whose body does not arrive in time. The server's idle timeout cannot: a byte a
 * second is not idle. It also bounds how long the rest of a refused body is read away, so that the
 * refusal can be seen before the connection closes.
 */
final class Deadline implements Handler<RoutingContext> {
  /** RFC 9113, 7: the rest of the body is not wanted, and nothing is wrong. */
  private static final long NO_ERROR = 0;

  private static final String FILES = Contract.PREFIX + "/media";

  /** Of a file, in one limit's time. */
  private static final long LEAST_BYTES = 64 * 1024;

  /** An hour, with the usual limit. */
  private static final int MOST_TIMES = 120;

  private final Vertx vertx;
  private final Duration limit;

  Deadline(Vertx vertx, Duration limit) {
    this.vertx = vertx;
    this.limit = limit;
  }

  @Override
  public void handle(RoutingContext context) {
    if (hasBody(context.request())) {
      Wait wait = new Wait(context);
      wait.begin();
      context.addEndHandler(answered -> settle(context.request(), wait.timer));
    }
    context.next();
  }

  /** Files may take longer than all else, as long as they get on. */
  private final class Wait {
    private final RoutingContext context;
    private final boolean file;
    private long timer;
    private long read;
    private int times;

    Wait(RoutingContext context) {
      this.context = context;
      this.file = context.request().path().equals(FILES);
    }

    void begin() {
      timer = vertx.setTimer(limit.toMillis(), late -> over());
    }

    private void over() {
      long now = context.request().bytesRead();
      boolean getsOn = file && now - read >= LEAST_BYTES && ++times < MOST_TIMES;
      if (getsOn && !context.response().ended()) {
        read = now;
        begin();
      } else {
        end(context);
      }
    }
  }

  /** Answered before the body was all there: the rest is read away, so that the answer gets out. */
  private void settle(HttpServerRequest request, long timer) {
    if (request.isEnded()) {
      vertx.cancelTimer(timer);
    } else {
      request.resume();
    }
  }

  static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || length != null && !length.equals("0");
  }

  private static void end(RoutingContext context) {
    if (context.request().isEnded()) {
      return;
    }
    boolean alone = context.request().version() != HttpVersion.HTTP_2;
    if (!context.response().ended()) {
      if (alone) {
        context.response().putHeader(HttpHeaderNames.CONNECTION, "close");
      }
      Problems.write(context.request(), Problem.TIMED_OUT.failure());
    }
    if (alone) {
      context.request().connection().close();
    } else {
      // Other requests share the connection.
      context.response().reset(NO_ERROR);
    }
  }
}

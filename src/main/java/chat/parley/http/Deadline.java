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

  private final Vertx vertx;
  private final Duration limit;

  Deadline(Vertx vertx, Duration limit) {
    this.vertx = vertx;
    this.limit = limit;
  }

  @Override
  public void handle(RoutingContext context) {
    if (hasBody(context.request())) {
      long timer = vertx.setTimer(limit.toMillis(), late -> end(context));
      context.addEndHandler(answered -> settle(context.request(), timer));
    }
    context.next();
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

package chat.parley.http;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that writes an error answer: a {@link Failure} as RFC 9457 problem, anything else
 * as INTERNAL with nothing but the request id, under which the cause is in the log.
 */
final class Problems implements Handler<RoutingContext> {
  static final String TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** RFC 9457; {@code type} is relative to this server. */
  private record Body(
      String type,
      String title,
      int status,
      @JsonInclude(JsonInclude.Include.NON_NULL) String detail,
      String instance,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Failure.Field> errors) {}

  @Override
  public void handle(RoutingContext context) {
    write(context.request(), failureOf(context.request(), context.failure(), context.statusCode()));
  }

  /**
   * A request that the HTTP codec could not read; Vert.x closes the connection after the answer.
   */
  static void unreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    RequestHead.stamp(request);
    write(
        request,
        cause instanceof TooLongHttpLineException
            ? Problem.URI_TOO_LONG.failure()
            : cause instanceof TooLongHttpHeaderException
                ? Problem.HEADERS_TOO_LARGE.failure()
                : Problem.MALFORMED.failure());
  }

  /** Refuses an upgrade, before any router has seen it. */
  static void refuse(HttpServerRequest request, Throwable cause) {
    write(request, failureOf(request, cause, 500));
  }

  static void write(HttpServerRequest request, Failure failure) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    Problem problem = failure.problem();
    if (problem.status() == 401) {
      response.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.status() == 429 || problem.status() == 503) {
      response.putHeader(
          HttpHeaderNames.RETRY_AFTER, Integer.toString(Math.max(1, failure.retryAfterSeconds())));
    }
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaderNames.CONTENT_TYPE, TYPE)
        .end(Buffer.buffer(Json.bytes(body(failure, RequestHead.id(request)))));
  }

  private static Body body(Failure failure, String requestId) {
    Problem problem = failure.problem();
    return new Body(
        "/problems/" + problem.slug(),
        problem.title(),
        problem.status(),
        failure.detail(),
        requestId,
        failure.fields().isEmpty() ? null : failure.fields());
  }

  private static Failure failureOf(HttpServerRequest request, Throwable cause, int status) {
    if (cause instanceof Failure failure) {
      if (failure.problem() == Problem.INTERNAL) {
        tell(request, "Request {} failed; its cause was logged where it happened", null);
      }
      return failure;
    }
    if (status >= 400 && status < 500) {
      return ofStatus(status).failure();
    }
    tell(request, "Request {} failed", cause);
    return Problem.INTERNAL.failure();
  }

  private static void tell(HttpServerRequest request, String what, Throwable cause) {
    String id = RequestHead.id(request);
    LOG.atError().setCause(cause).addKeyValue("requestId", id).log(what, id);
  }

  /** What vertx-web itself refuses comes as a bare status. */
  private static Problem ofStatus(int status) {
    return Arrays.stream(Problem.values())
        .filter(problem -> problem.status() == status)
        .findFirst()
        .orElse(Problem.MALFORMED);
  }
}

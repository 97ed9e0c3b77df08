package chat.parley.http;

import chat.parley.model.JsonLine;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.UUID;

/**
 * One request and its answer, on the way to the {@link RequestLog}: filled on the event loop, where
 * nothing is made of it, and written elsewhere. Query, headers and bodies never get in.
 */
final class Exchange implements RequestLog.Line {
  /** The client went before it had all of its answer; the word of nginx. */
  private static final int GONE = 499;

  private final RequestLog log;
  private final long at = System.currentTimeMillis();
  private final long began = System.nanoTime();
  private long nanos;
  private String method;
  private String uri;
  private String template;
  private int status;
  private UUID userId;
  private String requestId;
  private String address;
  private long bytes;

  Exchange(RequestLog log) {
    this.log = log;
  }

  /** The address that counts for limits, which is already known. */
  void from(String address) {
    this.address = address;
  }

  void by(UUID userId) {
    this.userId = userId;
  }

  /** To be shown in place of the path, which holds a secret. */
  void hide(String template) {
    this.template = template;
  }

  /** The answer is on its way, or there will be none. */
  void end(HttpServerRequest request) {
    nanos = System.nanoTime() - began;
    method = request.method().name();
    uri = request.uri();
    status = request.response().ended() ? request.response().getStatusCode() : GONE;
    requestId = RequestHead.id(request);
    bytes = request.response().bytesWritten();
    if (address == null) {
      address = log.addressOf(request);
    }
    log.take(this);
  }

  @Override
  public JsonLine json() {
    return new JsonLine()
        .put("at", Instant.ofEpochMilli(at))
        .put("kind", "request")
        .put("method", method)
        .put("path", template == null ? ShownPath.of(uri) : template)
        .put("status", status)
        .millis("ms", nanos)
        .put("user", userId)
        .put("requestId", requestId)
        .put("address", address)
        .put("bytes", bytes);
  }
}

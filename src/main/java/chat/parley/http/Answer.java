package chat.parley.http;

import chat.parley.model.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/**
 * What an operation answers when all went well.
 *
 * @param body the record to encode, or {@link Content} that is no JSON; null for none
 * @param cookie a {@code Set-Cookie} line; null for none
 */
record Answer(int status, Object body, String cookie) {
  /** What is answered as it is. */
  interface Content {
    /** Completes when all of it is on its way. */
    Future<Void> writeTo(HttpServerResponse response);
  }

  static Answer ok(Object body) {
    return new Answer(200, body, null);
  }

  /** The bytes of a record that was encoded before. */
  static Answer encoded(byte[] json) {
    Buffer body = Buffer.buffer(json);
    return new Answer(
        200,
        (Content)
            response ->
                response.putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json").end(body),
        null);
  }

  static Answer created(Object body) {
    return new Answer(201, body, null);
  }

  /** Taken, and done in its own time: there is nothing to say yet. */
  static Answer accepted() {
    return new Answer(202, Map.of(), null);
  }

  static Answer noContent() {
    return new Answer(204, null, null);
  }

  /** The headers say where the browser is to go. */
  static Answer found() {
    return new Answer(302, null, null);
  }

  Answer with(String setCookie) {
    return new Answer(status, body, setCookie);
  }

  /** Completes when the answer is on its way. */
  Future<Void> writeTo(HttpServerResponse response) {
    response.setStatusCode(status);
    if (cookie != null) {
      response.putHeader(HttpHeaderNames.SET_COOKIE, cookie);
    }
    if (body instanceof Content content) {
      return content.writeTo(response);
    }
    return body == null
        ? response.end()
        : response
            .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json")
            .end(Buffer.buffer(Json.bytes(body)));
  }
}

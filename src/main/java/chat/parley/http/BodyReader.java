package chat.parley.http;

import chat.parley.bus.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a small JSON body, or a picture, into memory, once it is known who sends it: nothing is
 * kept for strangers and nothing ever touches the disk. One that is too large is refused as soon as
 * that shows, at the latest after {@link #LIMIT} or {@link #PICTURE_LIMIT} bytes.
 */
final class BodyReader {
  static final int LIMIT = 64 * 1024;
  static final int PICTURE_LIMIT = 5 << 20;

  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/webp", "image/gif");

  private final Promise<Buffer> done = Promise.promise();
  private final Buffer body = Buffer.buffer();

  private final int limit;

  private BodyReader(int limit) {
    this.limit = limit;
  }

  /** The request must be paused. */
  static Future<Buffer> read(HttpServerRequest request) {
    if (!isJson(request.getHeader(HttpHeaderNames.CONTENT_TYPE))) {
      throw Problem.UNSUPPORTED_TYPE.because("Send application/json");
    }
    if (request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      // A megabyte of it may be a gigabyte of JSON.
      throw Problem.UNSUPPORTED_TYPE.because("Send it as it is, without Content-Encoding");
    }
    return read(request, LIMIT);
  }

  /** A picture, by what the client says; what it is, its bytes will tell. */
  static Future<Buffer> readPicture(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaderNames.CONTENT_TYPE);
    if (type == null || !PICTURES.contains(type.toLowerCase(Locale.ROOT))) {
      throw Problem.UNSUPPORTED_TYPE.because("Send a PNG, JPEG, WebP or GIF picture");
    }
    return read(request, PICTURE_LIMIT);
  }

  private static Future<Buffer> read(HttpServerRequest request, int limit) {
    BodyReader reader = new BodyReader(limit);
    if (declaredLength(request) > limit) {
      throw reader.tooLarge();
    }
    return reader.listen(request);
  }

  private Future<Buffer> listen(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.response().writeContinue();
    }
    request
        .handler(this::add)
        .endHandler(end -> done.tryComplete(body))
        .exceptionHandler(broken -> done.tryFail(Problem.MALFORMED.because("The body broke off")))
        .resume();
    return done.future();
  }

  private void add(Buffer chunk) {
    if (body.length() + chunk.length() > limit) {
      done.tryFail(tooLarge());
    } else {
      body.appendBuffer(chunk);
    }
  }

  private RuntimeException tooLarge() {
    return Problem.TOO_LARGE.because("A body has at most " + limit / 1024 + " KiB here");
  }

  /** RFC 8259 knows no other encoding than UTF-8, so a parameter may only repeat that. */
  private static boolean isJson(String contentType) {
    String type =
        contentType == null
            ? ""
            : contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
    return type.equals("application/json") || type.equals("application/json;charset=utf-8");
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }
}

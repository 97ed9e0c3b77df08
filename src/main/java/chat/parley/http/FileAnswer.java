package chat.parley.http;

import chat.parley.bus.Problem;
import chat.parley.bus.Reach;
import chat.parley.model.Media;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file as it is answered. Only what no browser takes for a page is shown in place, all else is a
 * download; and should one be taken for a page after all, that page may do nothing. The bytes go
 * from the disk to the socket, or are left to a server before this one.
 */
final class FileAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(FileAnswer.class);

  private static final Set<String> IN_PLACE =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "audio/mpeg",
          "audio/mp4",
          "audio/ogg",
          "audio/wav",
          "audio/webm",
          "video/mp4",
          "video/ogg",
          "video/webm");

  private static final String NOTHING = "sandbox; default-src 'none'";

  /** Long enough to page back and forth; who was removed meanwhile keeps what they have seen. */
  private static final String CACHED = "private, no-cache";

  private static final List<CharSequence> OF_THE_FILE =
      List.of(
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.CONTENT_RANGE,
          HttpHeaderNames.CONTENT_DISPOSITION,
          HttpHeaderNames.ETAG);

  private static final int CONNECTIONS = 32;

  private final Vertx vertx;
  private final String accel;
  private final HttpClient store;

  /**
   * @param accel where a server before this one finds the folder of files; empty for nowhere
   */
  FileAnswer(Vertx vertx, String accel) {
    this.vertx = vertx;
    this.accel = accel;
    this.store = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  Answer to(Call call, Media.Content file) {
    HttpServerResponse response = call.request().response();
    String tag = '"' + file.hash() + '"';
    response
        .putHeader(HttpHeaderNames.ETAG, tag)
        .putHeader(HttpHeaderNames.CACHE_CONTROL, CACHED)
        .putHeader(HttpHeaderNames.ACCEPT_RANGES, "bytes");
    if (Ranges.names(call.request().getHeader(HttpHeaderNames.IF_NONE_MATCH), tag)) {
      return new Answer(304, null, null);
    }
    Ranges.Part part = Ranges.of(call.request(), tag, file.size());
    if (part == null) {
      response.putHeader(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.size());
      throw Problem.RANGE_UNKNOWN.failure();
    }
    boolean reads = call.request().method() != HttpMethod.HEAD;
    Answer.Content content =
        out -> write(out, file, part, reads).onFailure(cause -> broken(call.request(), cause));
    return new Answer(part.isWhole() ? 200 : 206, content, null);
  }

  private Future<Void> write(
      HttpServerResponse response, Media.Content file, Ranges.Part part, boolean reads) {
    boolean inPlace = IN_PLACE.contains(file.type());
    response
        .putHeader(HttpHeaderNames.CONTENT_TYPE, file.type())
        .putHeader(HttpHeaderNames.CONTENT_DISPOSITION, FileNames.disposition(inPlace, file.name()))
        .putHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, NOTHING);
    if (reads && !accel.isEmpty() && file.place() instanceof Media.Place.Disk disk) {
      // That server makes the parts as well.
      response.setStatusCode(200).putHeader("X-Accel-Redirect", accel + disk.path());
      return response.end();
    }
    response.putHeader(HttpHeaderNames.CONTENT_LENGTH, Long.toString(part.length()));
    if (!part.isWhole()) {
      response.putHeader(HttpHeaderNames.CONTENT_RANGE, part.header());
    }
    return !reads || part.length() == 0 ? response.end() : send(response, file.place(), part);
  }

  /** Nobody waits for what an answer came to, so what is wrong with it is said here. */
  private static void broken(HttpServerRequest request, Throwable cause) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    String id = RequestHead.id(request);
    LOG.atError()
        .addKeyValue("requestId", id)
        .log("Request {}: a file cannot be read: {}", id, cause.toString());
    if (response.headWritten()) {
      response.reset();
      return;
    }
    OF_THE_FILE.forEach(response.headers()::remove);
    Problems.write(request, Problem.UNAVAILABLE.retryAfter(2, "The file cannot be read now"));
  }

  private Future<Void> send(HttpServerResponse response, Media.Place place, Ranges.Part part) {
    if (place instanceof Media.Place.Disk disk) {
      return response.sendFile(disk.file(), part.first(), part.length());
    }
    Media.Place.Elsewhere there = (Media.Place.Elsewhere) place;
    return new Reach(vertx, there.anywhere())
        .to(new RequestOptions().setAbsoluteURI(there.url()))
        .compose(store::request)
        .compose(
            asked ->
                (part.isWhole() ? asked : asked.putHeader(HttpHeaderNames.RANGE, part.wish()))
                    .send())
        .compose(
            answer -> {
              if (answer.statusCode() != (part.isWhole() ? 200 : 206)) {
                answer.request().reset();
                return Future.failedFuture(
                    Problem.UNAVAILABLE.retryAfter(2, "The store of files does not answer"));
              }
              return answer.pipeTo(response);
            });
  }
}

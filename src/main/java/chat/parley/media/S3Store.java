package chat.parley.media;

import chat.parley.bus.Problem;
import chat.parley.bus.Reach;
import chat.parley.model.Media;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket of a store that speaks S3, addressed by path. What is kept is sent from the disk with
 * its hash, so that the store refuses what was changed on the way; what is read has an address that
 * is good for minutes.
 */
final class S3Store implements MediaStore {
  private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);
  private static final Duration READ_WITHIN = Duration.ofMinutes(5);
  private static final long PATIENCE_MS = 90_000;
  private static final int CONNECTIONS = 16;

  /** Of no bytes. */
  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final int PREFIX = 2;

  private final Vertx vertx;
  private final URI bucket;
  private final SigV4 signer;
  private final HttpClient client;
  private final boolean anywhere;
  private final Reach reach;

  S3Store(Vertx vertx, MediaOptions.S3 options) {
    this.vertx = vertx;
    String base = options.url().toString();
    this.bucket = URI.create((base.endsWith("/") ? base : base + "/") + options.bucket());
    this.signer = new SigV4(options.region(), options.key(), options.secret());
    this.anywhere = options.anywhere();
    this.reach = new Reach(vertx, anywhere);
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  @Override
  public Future<Void> keep(Path file, String hash, long size) {
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setWrite(false))
        .compose(
            bytes ->
                request(HttpMethod.PUT, hash, hash)
                    .compose(
                        put -> {
                          put.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(size));
                          return put.send(bytes);
                        })
                    .compose(answer -> done(answer.statusCode(), "kept"))
                    .eventually(bytes::close))
        .recover(S3Store::unavailable);
  }

  @Override
  public Media.Place place(String hash) {
    return new Media.Place.Elsewhere(
        signer.presigned(url(hash), READ_WITHIN, Instant.now()).toString(), anywhere);
  }

  @Override
  public Future<Void> erase(String hash) {
    return request(HttpMethod.DELETE, hash, NOTHING)
        .compose(HttpClientRequest::send)
        .compose(
            answer ->
                answer.statusCode() == 404
                    ? Future.<Void>succeededFuture()
                    : done(answer.statusCode(), "erased"))
        .recover(S3Store::unavailable);
  }

  private Future<HttpClientRequest> request(HttpMethod method, String hash, String payload) {
    URI url = url(hash);
    Map<String, String> signed = signer.headers(method.name(), url, payload, Instant.now());
    RequestOptions wish =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url.toString())
            .setTimeout(PATIENCE_MS);
    signed.forEach(wish::putHeader);
    return reach.to(wish).compose(client::request);
  }

  private URI url(String hash) {
    return URI.create(bucket + "/" + hash.substring(0, PREFIX) + "/" + hash.substring(PREFIX));
  }

  private static Future<Void> done(int status, String what) {
    return status >= 200 && status < 300
        ? Future.succeededFuture()
        : Future.failedFuture("The store answered " + status + ": not " + what);
  }

  private static <T> Future<T> unavailable(Throwable cause) {
    LOG.warn("The store of files: {}", cause.toString());
    return Future.failedFuture(
        Problem.UNAVAILABLE.retryAfter(5, "The store of files does not answer"));
  }
}

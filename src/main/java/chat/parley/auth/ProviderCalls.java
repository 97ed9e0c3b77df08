package chat.parley.auth;

import chat.parley.bus.Reach;
import chat.parley.model.JsonTree;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks the provider, and waits neither long nor for much: 8 seconds, 256 KiB, no redirects, four
 * questions at a time and as many waiting as make sense. Where it says that it is may be anywhere,
 * so how far one goes for it is looked at each time.
 */
final class ProviderCalls {
  static final int LARGEST = 256 * 1024;
  private static final int SECONDS = 8;

  private final HttpClient client;
  private final Reach reach;

  ProviderCalls(Vertx vertx, Reach reach) {
    this.reach = reach;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(3_000).setIdleTimeout(SECONDS),
            new PoolOptions().setHttp1MaxSize(4).setMaxWaitQueueSize(64));
  }

  /**
   * What the provider says.
   *
   * @param body an object, never null
   */
  record Answer(int status, Map<?, ?> body) {}

  /** Fails when it cannot be reached, or says something that is no JSON object. */
  Future<Answer> get(String url) {
    return ask(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url), null);
  }

  /** {@code authorization} may be null. */
  Future<Answer> post(String url, String authorization, String form) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url)
            .addHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded");
    if (authorization != null) {
      options.addHeader(HttpHeaders.AUTHORIZATION, authorization);
    }
    return ask(options, Buffer.buffer(form));
  }

  private Future<Answer> ask(RequestOptions options, Buffer body) {
    options.addHeader(HttpHeaders.ACCEPT, "application/json").setFollowRedirects(false);
    return reach
        .to(options)
        .compose(client::request)
        .compose(
            request ->
                (body == null ? request.send() : request.send(body))
                    .compose(ProviderCalls::read)
                    .timeout(SECONDS, TimeUnit.SECONDS)
                    .onFailure(cause -> reset(request)));
  }

  private static void reset(HttpClientRequest request) {
    request.reset();
  }

  private static Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> done = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(
            chunk -> {
              if (body.length() + chunk.length() > LARGEST) {
                done.tryFail("it says more than " + LARGEST + " bytes");
              } else {
                body.appendBuffer(chunk);
              }
            })
        .exceptionHandler(done::tryFail)
        .endHandler(end -> parse(response.statusCode(), body, done));
    return done.future();
  }

  private static void parse(int status, Buffer body, Promise<Answer> done) {
    try {
      if (JsonTree.read(body.getBytes()) instanceof Map<?, ?> object) {
        done.tryComplete(new Answer(status, object));
        return;
      }
    } catch (JsonTree.Refused notJson) {
      // Told below: an error page is no JSON either.
    }
    done.tryFail("it answers " + status + " with something that is no JSON object");
  }
}

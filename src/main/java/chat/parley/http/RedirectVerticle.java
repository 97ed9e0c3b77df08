package chat.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.IntConsumer;

/**
 * The plain port beside https: sends everybody to the public URL, never to whatever host a request
 * names. It reads no body and keeps no connection.
 */
final class RedirectVerticle extends VerticleBase {
  private final HttpDoor.Options options;
  private final RequestLog log;
  private final IntConsumer bound;

  /** {@code bound} is told the port. */
  RedirectVerticle(HttpDoor.Options options, RequestLog log, IntConsumer bound) {
    this.options = options;
    this.log = log;
    this.bound = bound;
  }

  @Override
  public Future<?> start() {
    Patience patience = new Patience(options.headDeadline());
    patience.start(vertx);
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(options.host())
                    // Not negative as the other: that port would be shared with it.
                    .setPort(Math.max(0, options.tls().redirectPort()))
                    .setHttp2ClearTextEnabled(false))
            .connectionHandler(patience::opened)
            .requestHandler(
                request -> {
                  patience.asked(request);
                  redirect(request);
                })
            .invalidRequestHandler(
                request -> {
                  Exchange exchange = log.begin();
                  Problems.unreadable(request);
                  exchange.end(request);
                  request.connection().close();
                });
    return server.listen().onSuccess(listening -> bound.accept(listening.actualPort()));
  }

  private void redirect(HttpServerRequest request) {
    RequestHead.stamp(request);
    Exchange exchange = log.begin();
    String target = request.uri();
    // Only what is a path: an absolute form or an asterisk names a host of its own, or none.
    String path = target.startsWith("/") && UriGuard.problem(target) == null ? target : "/";
    request
        .response()
        .setStatusCode(308)
        .putHeader(HttpHeaderNames.LOCATION, options.publicUrl() + path)
        .putHeader(HttpHeaderNames.CONNECTION, "close")
        .end()
        .onComplete(
            written -> {
              exchange.end(request);
              request.connection().close();
            });
  }
}

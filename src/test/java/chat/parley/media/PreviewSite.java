package chat.parley.media;

import chat.parley.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Another site, on an address of this machine: what it is asked, and what it answers. */
final class PreviewSite {
  final List<HttpServerRequest> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Consumer<HttpServerResponse>> pages = new ConcurrentHashMap<>();
  private final HttpServer server;

  private PreviewSite(HttpServer server) {
    this.server = server;
  }

  static PreviewSite at(Vertx vertx, String address, int port) {
    return at(vertx, address, port, new HttpServerOptions());
  }

  static PreviewSite at(Vertx vertx, String address, int port, HttpServerOptions options) {
    HttpServer server = vertx.createHttpServer(options);
    PreviewSite site = new PreviewSite(server);
    server.requestHandler(site::answer);
    Await.get(server.listen(port, address));
    return site;
  }

  int port() {
    return server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    asked.add(request);
    Consumer<HttpServerResponse> page = pages.get(request.path());
    if (page == null) {
      request.response().setStatusCode(404).end("nothing here");
    } else {
      page.accept(request.response());
    }
  }

  PreviewSite on(String path, Consumer<HttpServerResponse> page) {
    pages.put(path, page);
    return this;
  }

  PreviewSite page(String path, String html) {
    return on(path, response -> html(response).end(html));
  }

  PreviewSite redirect(String path, String location) {
    return on(path, response -> response.setStatusCode(302).putHeader("Location", location).end());
  }

  static HttpServerResponse html(HttpServerResponse response) {
    return response.putHeader("Content-Type", "text/html; charset=utf-8");
  }

  long times(String path) {
    return asked.stream().filter(request -> request.path().equals(path)).count();
  }
}

package chat.parley.realtime;

import chat.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Set;

/** Stand-in until the real one arrives: takes no socket. */
public final class SocketBridge {
  private final Vertx vertx;

  /** Who may connect from where. */
  public record Options(Set<String> allowedOrigins) {}

  public SocketBridge(Vertx vertx, Bus bus, Options options) {
    this.vertx = vertx;
  }

  public Future<Void> start() {
    return Future.succeededFuture();
  }

  public boolean takes(HttpServerRequest request) {
    return false;
  }

  public void upgrade(HttpServerRequest request) {
    throw new UnsupportedOperationException();
  }

  public Router sockJs() {
    return Router.router(vertx);
  }

  public Future<Void> close() {
    return Future.succeededFuture();
  }
}

package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Map;

/** What belongs to the server and not to the contract: its health. */
final class ServerRoutes {
  private final Bus bus;

  ServerRoutes(Bus bus) {
    this.bus = bus;
  }

  void addTo(Router router) {
    read(router, "/health")
        .handler(context -> Answer.ok(Map.of("status", "alive")).writeTo(context.response()));
    read(router, "/ready")
        .handler(
            context ->
                bus.ask(Addresses.DATABASE_PING, null)
                    .onSuccess(
                        answers -> Answer.ok(Map.of("status", "ready")).writeTo(context.response()))
                    .onFailure(context::fail));
  }

  private static Route read(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }
}

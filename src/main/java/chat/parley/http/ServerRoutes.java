package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Map;

/** What belongs to the server and not to the contract: its health and the contract itself. */
final class ServerRoutes {
  private final Bus bus;
  private final Contract contract;

  ServerRoutes(Bus bus, Contract contract) {
    this.bus = bus;
    this.contract = contract;
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
    read(router, "/openapi.yaml")
        .handler(
            context ->
                context
                    .response()
                    .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/yaml")
                    .end(contract.source()));
  }

  private static Route read(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }
}

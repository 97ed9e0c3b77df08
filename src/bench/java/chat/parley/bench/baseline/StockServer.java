package chat.parley.bench.baseline;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The bridge that comes with Vert.x, used as its guide says: a message is stored, then published as
 * a JSON object to the address of its room, where every socket has a consumer.
 */
final class StockServer extends VerticleBase {
  private static final int PING_TIMEOUT_MS = 60_000;

  private final int port;
  private final String database;
  private final Map<String, Room> rooms = new HashMap<>();
  private Store store;

  StockServer(int port, String database) {
    this.port = port;
    this.database = database;
  }

  @Override
  public Future<?> start() {
    store = new GroupCommit(Store.pool(vertx, database), this::stored);
    vertx.eventBus().<JsonObject>consumer("post", this::post);
    vertx
        .eventBus()
        .<JsonObject>consumer(
            "head",
            asked ->
                asked.reply(
                    new JsonObject()
                        .put("lastSeq", room(asked.body().getString("roomId")).seq)
                        .put("type", "head")));
    SockJSBridgeOptions options =
        new SockJSBridgeOptions()
            .setPingTimeout(PING_TIMEOUT_MS)
            .addInboundPermitted(new PermittedOptions().setAddress("post"))
            .addInboundPermitted(new PermittedOptions().setAddress("head"))
            .addOutboundPermitted(new PermittedOptions().setAddressRegex("room\\..*"));
    Router router = Router.router(vertx);
    router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(options));
    router.route().handler(context -> context.response().end("ready"));
    return vertx.createHttpServer(BroadcastServer.options(port)).requestHandler(router).listen();
  }

  private Room room(String id) {
    return rooms.computeIfAbsent(id, key -> new Room(UUID.fromString(key)));
  }

  private void post(Message<JsonObject> message) {
    JsonObject body = message.body();
    store.post(new Post(room(body.getString("roomId")), body, message::reply));
  }

  private void stored(List<Post> batch) {
    for (Post post : batch) {
      vertx.eventBus().publish("room." + post.room.id, post.event());
      post.answer.accept(post.reply());
    }
  }
}

package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Caller;
import chat.parley.model.Device;
import chat.parley.model.Head;
import chat.parley.model.Ids;
import chat.parley.model.Role;
import chat.parley.model.RoomBatch;
import chat.parley.model.Rooms;
import chat.parley.model.User;
import chat.parley.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The direct way and the plain one, on raw and SockJS sockets: a client cannot tell them apart. */
class WiresTest {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  private final Node node =
      new Node(vertx, bus, false, new RealtimeMeters(new SimpleMeterRegistry()));
  private final WebSocketClient client = vertx.createWebSocketClient();
  private final UUID room = Ids.next();
  private final User ann = new User(Ids.next(), "ann", "Ann", null, Role.USER);
  private final Caller caller =
      new Caller(ann, Ids.next(), Caller.Via.TOKEN, null, Instant.now().plusSeconds(60));
  private SocketBridge bridge;

  @AfterEach
  void close() {
    Await.get(vertx.close());
  }

  @Test
  void checkAtTheStartFindsTheDirectWayOpen() {
    Await.get(node.check());
    assertTrue(node.wires.areDirect());
  }

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void clientHearsTheSameEitherWay(boolean direct, boolean sockJs) {
    if (!direct) {
      node.wires.giveUpDirect(new IllegalStateException("for this test"));
    }
    serveWhatSocketsAsk();
    List<JsonObject> frames = new CopyOnWriteArrayList<>();
    String path = "/eventbus" + (sockJs ? "/000/abcdefgh" : "") + "/websocket";
    WebSocket socket = Await.get(client.connect(listen(), "127.0.0.1", path));
    socket.textMessageHandler(text -> frames.addAll(framesIn(text, sockJs)));

    send(socket, sockJs, new JsonObject().put("type", "register").put("address", "room." + room));
    Await.until(
        "the head", () -> frames.stream().anyMatch(frame -> frame.encode().contains("\"head\"")));
    bus.publish(Addresses.ROOM, room, new RoomBatch(room, List.of(entry(5), entry(6), entry(7))));
    Await.until("three in one batch", () -> texts(frames).size() == 3);
    assertEquals(
        List.of("5 \"quoted\" \\ Grüße 👋", "6 \"quoted\" \\ Grüße 👋", "7 \"quoted\" \\ Grüße 👋"),
        texts(frames));

    send(socket, sockJs, new JsonObject().put("type", "ping").put("pong", true));
    Await.until(
        "a pong", () -> frames.stream().anyMatch(frame -> "pong".equals(frame.getString("type"))));
    assertEquals(direct, node.wires.areDirect());
    Await.get(bridge.close());
    Await.until("closed", socket::isClosed);
    assertTrue(frames.get(frames.size() - 1).encode().contains("1001"), frames.toString());
  }

  private static RoomBatch.Entry entry(long version) {
    String json =
        new JsonObject()
            .put("type", "message")
            .put("text", version + " \"quoted\" \\ Grüße 👋")
            .encode();
    return new RoomBatch.Entry(version, 0, null, false, 0, json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> texts(List<JsonObject> frames) {
    return frames.stream()
        .map(
            frame ->
                frame.getValue("body") instanceof JsonObject body ? body.getString("text") : null)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  private static List<JsonObject> framesIn(String text, boolean sockJs) {
    if (!sockJs) {
      return List.of(new JsonObject(text));
    }
    return text.startsWith("a")
        ? new JsonArray(text.substring(1))
            .stream().map(each -> new JsonObject((String) each)).toList()
        : List.of();
  }

  private static void send(WebSocket socket, boolean sockJs, JsonObject frame) {
    socket.writeTextMessage(sockJs ? new JsonArray().add(frame.encode()).encode() : frame.encode());
  }

  private void serveWhatSocketsAsk() {
    bus.serve(Addresses.AUTH_ENDED, session -> Future.succeededFuture(false));
    bus.serve(
        Addresses.ROOMS_MAY_HEAR,
        q -> Future.succeededFuture(List.of(new Rooms.Admission(new Head(4, 2), 0))));
  }

  private int listen() {
    Future<HttpServer> listening =
        Future.future(
            promise ->
                vertx.runOnContext(
                    turn -> {
                      bridge = new SocketBridge(vertx, bus, node, new OpenDoor());
                      bridge.start();
                      Router router = Router.router(vertx);
                      router.route("/eventbus/*").subRouter(bridge.sockJs());
                      vertx
                          .createHttpServer(new HttpServerOptions().setPort(0).setHost("127.0.0.1"))
                          .requestHandler(request -> accept(request, router))
                          .listen()
                          .onComplete(promise);
                    }));
    return Await.get(listening).actualPort();
  }

  private void accept(HttpServerRequest request, Router router) {
    if (bridge.takes(request)) {
      bridge.upgrade(request);
    } else {
      router.handle(request);
    }
  }

  private final class OpenDoor implements SocketBridge.Door {
    @Override
    public Future<Caller> admit(HttpServerRequest request) {
      return Future.succeededFuture(caller);
    }

    @Override
    public String addressOf(HttpServerRequest request) {
      return "here";
    }

    @Override
    public Device deviceOf(HttpServerRequest request) {
      return new Device("here", "a test");
    }

    @Override
    public void refuse(HttpServerRequest request, Throwable failure) {
      request.response().setStatusCode(500).end();
    }
  }
}

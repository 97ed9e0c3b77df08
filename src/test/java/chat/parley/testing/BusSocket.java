package chat.parley.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A raw WebSocket that speaks the bridge protocol and remembers every frame it got. */
public final class BusSocket {
  /** Kept for as long as there are tests: Vert.x closes a client that nobody refers to any more. */
  private static final WebSocketClient CLIENT =
      Vertx.vertx()
          .createWebSocketClient(
              new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxMessageSize(4 << 20));

  private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
  private final Map<String, Promise<JsonObject>> replies = new ConcurrentHashMap<>();
  private final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();
  private final WebSocket socket;
  private volatile boolean closed;

  private BusSocket(WebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(text -> received(new JsonObject(text)));
    socket.closeHandler(gone -> closed = true);
  }

  /** Opens with a query such as {@code ?token=…}. */
  public static BusSocket open(TestServer server, String query, String... headers) {
    return open(server.url(), query, headers);
  }

  /** The same, by the server's address. */
  public static BusSocket open(String url, String query, String... headers) {
    return Await.get(opening(url, query, headers));
  }

  public static Future<BusSocket> opening(TestServer server, String query, String... headers) {
    return opening(server.url(), query, headers);
  }

  /** The same, by the server's address, for who does not wait. */
  public static Future<BusSocket> opening(String url, String query, String... headers) {
    URI at = URI.create(url);
    boolean secure = at.getScheme().equals("https");
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(at.getHost())
            .setSsl(secure)
            .setPort(at.getPort() > 0 ? at.getPort() : secure ? 443 : 80)
            .setURI("/eventbus/websocket" + query);
    for (int i = 0; i < headers.length; i += 2) {
      options.addHeader(headers[i], headers[i + 1]);
    }
    return connecting(options).map(BusSocket::new);
  }

  /** Any WebSocket, by the client that outlives them all. */
  public static Future<WebSocket> connecting(WebSocketConnectOptions options) {
    return CLIENT.connect(options);
  }

  private void received(JsonObject frame) {
    frames.add(frame);
    Promise<JsonObject> reply =
        frame.getString("address") == null ? null : replies.remove(frame.getString("address"));
    if (reply != null) {
      reply.complete(frame);
    }
    listeners.forEach(listener -> listener.accept(frame));
  }

  public void onFrame(Consumer<JsonObject> listener) {
    listeners.add(listener);
  }

  public void send(JsonObject frame) {
    socket.writeTextMessage(frame.encode());
  }

  public void sendText(String text) {
    socket.writeTextMessage(text);
  }

  public WebSocket raw() {
    return socket;
  }

  /** Registers and waits for the head, or the error. */
  public JsonObject register(String address) {
    Predicate<JsonObject> isAnswer =
        frame ->
            address.equals(frame.getString("address"))
                && (frame.getString("type").equals("err")
                    || "head".equals(frame.getJsonObject("body").getString("type")));
    long before = frames.stream().filter(isAnswer).count();
    send(new JsonObject().put("type", "register").put("address", address));
    Await.until(
        "an answer to register " + address,
        () -> frames.stream().filter(isAnswer).count() > before);
    return frames.stream().filter(isAnswer).skip(before).findFirst().orElseThrow();
  }

  public JsonObject registerRoom(String roomId) {
    return register("room." + roomId);
  }

  /** Sends a body to a room; the answer frame, rec or err. */
  public Future<JsonObject> ask(String roomId, JsonObject body) {
    String replyAddress = UUID.randomUUID().toString();
    Promise<JsonObject> reply = Promise.promise();
    replies.put(replyAddress, reply);
    send(
        new JsonObject()
            .put("type", "send")
            .put("address", "room." + roomId)
            .put("replyAddress", replyAddress)
            .put("headers", new JsonObject())
            .put("body", body));
    return reply.future();
  }

  /** Who is in a room as far as this socket was told, by the rules of the page's client. */
  public Set<String> present(String roomId) {
    Set<String> present = new HashSet<>();
    for (JsonObject event : heard(roomId, "presence")) {
      if (event.getValue("online") instanceof JsonArray everybody) {
        present.clear();
        everybody.forEach(id -> present.add((String) id));
      } else if (event.getBoolean("online")) {
        present.add(event.getString("userId"));
      } else {
        present.remove(event.getString("userId"));
      }
    }
    return present;
  }

  public Future<JsonObject> say(String roomId, String text) {
    return ask(
        roomId,
        new JsonObject()
            .put("type", "message")
            .put("clientId", UUID.randomUUID().toString())
            .put("text", text));
  }

  /** The events heard on a room, of one type. */
  public List<JsonObject> heard(String roomId, String type) {
    return frames.stream()
        .filter(
            frame ->
                ("room." + roomId).equals(frame.getString("address"))
                    && "rec".equals(frame.getString("type")))
        .map(frame -> frame.getJsonObject("body"))
        .filter(body -> type.equals(body.getString("type")))
        .toList();
  }

  public List<JsonObject> frames() {
    return frames;
  }

  public JsonObject await(String what, Predicate<JsonObject> condition) {
    Await.until(what, () -> frames.stream().anyMatch(condition));
    return frames.stream().filter(condition).findFirst().orElseThrow();
  }

  public void register(List<String> addresses) {
    send(new JsonObject().put("type", "register").put("addresses", new JsonArray(addresses)));
  }

  public boolean isClosed() {
    return closed;
  }

  /** The close code once closed. */
  public int closeCode() {
    Await.until("the socket is closed", () -> closed);
    return socket.closeStatusCode() == null ? -1 : socket.closeStatusCode();
  }

  public void close() {
    socket.close();
  }
}

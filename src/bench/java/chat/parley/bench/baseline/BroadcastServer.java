package chat.parley.bench.baseline;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A bare Vert.x WebSocket server that broadcasts: nobody is asked who they are, nothing is checked,
 * no gap is ever filled. What remains is the work that nobody can avoid: parse, store, make one run
 * of bytes, hand it to every channel, flush once a turn.
 */
final class BroadcastServer extends VerticleBase {
  private final int port;
  private final String database;
  private final Store.Maker maker;
  private final TurnFlush flush = new TurnFlush();
  private final Map<String, Room> rooms = new HashMap<>();
  private Store store;

  /**
   * @param database null for a server that only holds sockets
   */
  BroadcastServer(int port, String database, Store.Maker maker) {
    this.port = port;
    this.database = database;
    this.maker = maker;
  }

  /** As Parley sets its own. */
  static HttpServerOptions options(int port) {
    return new HttpServerOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setAcceptBacklog(4096)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  @Override
  public Future<?> start() {
    store = database == null ? null : maker.make(Store.pool(vertx, database), this::stored);
    return vertx
        .createHttpServer(options(port))
        .requestHandler(
            request -> {
              if (request.canUpgradeToWebSocket()) {
                request.toWebSocket().onSuccess(this::open);
              } else {
                request.response().end("ready");
              }
            })
        .listen();
  }

  private void open(ServerWebSocket socket) {
    Listener listener = new Listener(socket, flush);
    List<Room> heard = new ArrayList<>();
    socket.textMessageHandler(text -> received(listener, heard, new JsonObject(text)));
    socket.closeHandler(gone -> heard.forEach(room -> room.listeners.remove(listener)));
    socket.exceptionHandler(thrown -> socket.close());
  }

  private void received(Listener listener, List<Room> heard, JsonObject frame) {
    switch (frame.getString("type")) {
      case "register" -> register(listener, heard, frame);
      case "send" -> send(listener, frame);
      default -> {}
    }
  }

  private void register(Listener listener, List<Room> heard, JsonObject frame) {
    List<String> addresses = new ArrayList<>();
    if (frame.containsKey("address")) {
      addresses.add(frame.getString("address"));
    } else {
      frame.getJsonArray("addresses").forEach(each -> addresses.add((String) each));
    }
    for (String address : addresses) {
      Room room = room(address);
      room.listeners.add(listener);
      heard.add(room);
      JsonObject head =
          new JsonObject()
              .put("type", "head")
              .put("roomId", room.id.toString())
              .put("version", room.seq + 1)
              .put("lastSeq", room.seq);
      write(listener, Frame.rec(address, head));
    }
  }

  private Room room(String address) {
    return rooms.computeIfAbsent(
        address, key -> new Room(UUID.fromString(key.substring("room.".length()))));
  }

  private void send(Listener listener, JsonObject frame) {
    String replyAddress = frame.getString("replyAddress");
    store.post(
        new Post(
            room(frame.getString("address")),
            frame.getJsonObject("body"),
            reply -> write(listener, Frame.rec(replyAddress, reply))));
  }

  private static void write(Listener listener, byte[] payload) {
    ByteBuf frame = Frame.of(List.of(payload));
    listener.write(frame);
    frame.release();
  }

  private void stored(List<Post> batch) {
    Map<Room, List<byte[]>> byRoom = new LinkedHashMap<>();
    for (Post post : batch) {
      byRoom
          .computeIfAbsent(post.room, room -> new ArrayList<>())
          .add(Frame.rec("room." + post.room.id, post.event()));
    }
    byRoom.forEach(BroadcastServer::broadcast);
    batch.forEach(post -> post.answer.accept(post.reply()));
  }

  private static void broadcast(Room room, List<byte[]> payloads) {
    ByteBuf run = Frame.of(payloads);
    for (Listener listener : room.listeners) {
      listener.write(run);
    }
    run.release();
  }
}

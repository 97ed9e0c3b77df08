package chat.parley.realtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes wires, the direct ones while Vert.x's internals are as we know them. That is tried once, at
 * the start, on a socket of our own; with other internals chat goes on by the public API, slower.
 */
final class Wires {
  private static final Logger LOG = LoggerFactory.getLogger(Wires.class);
  private static final String HELLO = "hello, Grüße";
  private static final byte[] BYTES = HELLO.getBytes(StandardCharsets.UTF_8);
  private static final long PATIENCE_S = 3;

  private volatile boolean direct = true;

  Wire of(ServerWebSocket socket) {
    return choose(() -> DirectWire.of(socket), () -> PlainWire.of(socket));
  }

  Wire of(SockJSSocket socket) {
    return choose(() -> DirectWire.of(socket), () -> PlainWire.of(socket));
  }

  private Wire choose(Supplier<Wire> directly, Supplier<Wire> plainly) {
    if (direct) {
      try {
        return directly.get();
      } catch (RuntimeException | LinkageError unexpected) {
        giveUpDirect(unexpected);
      }
    }
    return plainly.get();
  }

  boolean areDirect() {
    return direct;
  }

  /** From now on only plain wires are made. */
  void giveUpDirect(Throwable why) {
    direct = false;
    LOG.warn("The direct way to a socket's channel is closed, falling back: {}", why.toString());
  }

  /** Writes two frames to a socket of our own and cuts it; whatever goes wrong, chat will work. */
  Future<Void> check(Vertx vertx) {
    WebSocketClient client = vertx.createWebSocketClient();
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    return server
        .webSocketHandler(Wires::greetAndCut)
        .listen()
        .compose(listening -> client.connect(listening.actualPort(), "127.0.0.1", "/"))
        .compose(socket -> heardTwiceAndCut(socket).timeout(PATIENCE_S, TimeUnit.SECONDS))
        .recover(
            failure -> {
              giveUpDirect(failure);
              return Future.succeededFuture();
            })
        .eventually(() -> Future.join(client.close(), server.close()));
  }

  private static void greetAndCut(ServerWebSocket socket) {
    Wire wire = DirectWire.of(socket);
    try (Run run = new Run(List.of(BYTES, BYTES))) {
      wire.write(run);
    }
    boolean counted = wire.pendingBytes() > 2L * BYTES.length;
    wire.flush();
    // An answer says that both have arrived; then the connection goes, with its backlog.
    socket.textMessageHandler(
        answer -> {
          if (counted) {
            wire.cut();
          }
        });
  }

  private static Future<Void> heardTwiceAndCut(WebSocket socket) {
    Promise<Void> done = Promise.promise();
    int[] heard = {0};
    socket.textMessageHandler(
        text -> {
          if (HELLO.equals(text) && ++heard[0] == 2) {
            socket.writeTextMessage(HELLO);
          }
        });
    socket.exceptionHandler(reset -> {});
    socket.closeHandler(
        gone -> {
          if (heard[0] == 2) {
            done.tryComplete();
          } else {
            done.tryFail("a prepared frame did not arrive");
          }
        });
    return done.future();
  }
}

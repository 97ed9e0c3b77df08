package chat.parley.realtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
  private static final byte[] FRAME = frame();
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PATIENCE_MS = 3_000;

  private static final byte[] HANDSHAKE =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: cGFybGV5IHRlc3RzIHVzLg==\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  /** An empty text frame, masked with zeros as a client's must be. */
  private static final byte[] ANSWER = {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0};

  private volatile boolean direct = true;

  private static byte[] frame() {
    byte[] frame = new byte[2 + BYTES.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) BYTES.length;
    System.arraycopy(BYTES, 0, frame, 2, BYTES.length);
    return frame;
  }

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
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost(LOOPBACK).setPort(0));
    return server
        .webSocketHandler(Wires::greetAndCut)
        .listen()
        .compose(listening -> vertx.executeBlocking(() -> hearTwice(listening.actualPort())))
        .recover(
            failure -> {
              giveUpDirect(failure);
              return Future.succeededFuture();
            })
        .eventually(server::close);
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

  /**
   * The other end, with nothing but the JDK: Vert.x's client would be loaded at every start for
   * these few bytes. Blocks for {@link #PATIENCE_MS} at most a read.
   */
  private static Void hearTwice(int port) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, port)) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(HANDSHAKE);
      InputStream in = socket.getInputStream();
      skipHead(in);
      byte[] heard = in.readNBytes(2 * FRAME.length);
      if (!Arrays.equals(heard, 0, FRAME.length, FRAME, 0, FRAME.length)
          || !Arrays.equals(heard, FRAME.length, heard.length, FRAME, 0, FRAME.length)) {
        throw new IOException("a prepared frame did not arrive as it was written");
      }
      socket.getOutputStream().write(ANSWER);
      if (!isCut(in)) {
        throw new IOException("the socket was not cut");
      }
      return null;
    }
  }

  /** Up to and with the empty line that ends a response's head. */
  private static void skipHead(InputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer to an upgrade");
      }
      newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
    }
  }

  /** A close frame would be data; a cut is a reset. */
  private static boolean isCut(InputStream in) throws SocketTimeoutException {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException open) {
      throw open;
    } catch (IOException reset) {
      return true;
    }
  }
}

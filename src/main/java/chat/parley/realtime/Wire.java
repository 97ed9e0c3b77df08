package chat.parley.realtime;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How bytes reach one socket. Everything here runs on the socket's own event loop. */
interface Wire {
  /** Hands frames over without flushing; a closed socket drops them. */
  void write(Run run);

  void flush();

  /** Bytes that the kernel has not taken yet. */
  long pendingBytes();

  boolean isOpen();

  /**
   * Ends the connection at once and frees its backlog: a polite close would wait behind it forever.
   */
  void cut();

  static Wire of(ServerWebSocket socket) {
    return directOr(() -> DirectWire.of(socket), () -> PlainWire.of(socket));
  }

  static Wire of(SockJSSocket socket) {
    return directOr(() -> DirectWire.of(socket), () -> PlainWire.of(socket));
  }

  /** Another Vert.x may have other internals: then chat goes on by its public API, slower. */
  private static Wire directOr(Supplier<Wire> direct, Supplier<Wire> plain) {
    try {
      return direct.get();
    } catch (RuntimeException | LinkageError unexpected) {
      Log.LOG.warn(
          "The direct way to a socket's channel is closed, falling back: {}",
          unexpected.toString());
      return plain.get();
    }
  }

  /** Interfaces cannot hide a logger otherwise. */
  final class Log {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private Log() {}
  }
}

package chat.parley.realtime;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A socket by Vert.x's public API alone: every frame is encoded anew, the backlog is counted by
 * ourselves.
 */
final class PlainWire implements Wire {
  private final Function<byte[], Future<Void>> write;
  private final Runnable close;
  private long pending;
  private boolean open = true;

  private PlainWire(Function<byte[], Future<Void>> write, Runnable close) {
    this.write = write;
    this.close = close;
  }

  static Wire of(ServerWebSocket socket) {
    return new PlainWire(
        bytes -> socket.writeTextMessage(new String(bytes, StandardCharsets.UTF_8)), socket::close);
  }

  static Wire of(SockJSSocket socket) {
    return new PlainWire(bytes -> socket.write(Buffer.buffer(bytes)), socket::close);
  }

  @Override
  public void write(Run run) {
    for (byte[] payload : run.payloads()) {
      pending += payload.length;
      write.apply(payload).onComplete(done -> pending -= payload.length);
    }
  }

  @Override
  public void flush() {
    // Vert.x flushes each frame by itself.
  }

  @Override
  public long pendingBytes() {
    return pending;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void cut() {
    open = false;
    close.run();
  }
}

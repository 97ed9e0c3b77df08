package chat.parley.bench.baseline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** A socket at its channel: prepared bytes go in as they are, and are flushed once a turn. */
final class Listener {
  private final ChannelHandlerContext channel;
  private final TurnFlush flush;
  private boolean dirty;

  Listener(ServerWebSocket socket, TurnFlush flush) {
    this.channel = ((WebSocketInternal) socket).channelHandlerContext();
    this.flush = flush;
  }

  void write(ByteBuf frames) {
    channel.write(frames.retainedDuplicate(), channel.voidPromise());
    if (!dirty) {
      dirty = true;
      flush.add(this);
    }
  }

  void flush() {
    dirty = false;
    channel.flush();
  }
}

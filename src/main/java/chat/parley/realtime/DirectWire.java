package chat.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.VoidChannelPromise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.concurrent.TimeUnit;

/**
 * The channel under a socket: writes prepared frames, tells what is not yet taken by the kernel,
 * and cuts. The only user of Vert.x's internals, because its public API copies each frame per
 * socket, hides the backlog, and cannot close a socket whose peer does not read. {@link PlainWire}
 * stands in where these internals are not as expected.
 */
final class DirectWire implements Wire {
  private final ChannelHandlerContext handler;
  private final Channel channel;

  /** One for all writes: the shared void promise would report each failed write on its own. */
  private final ChannelPromise quiet;

  private final boolean sockJs;

  private DirectWire(ChannelHandlerContext handler, boolean sockJs) {
    this.handler = handler;
    this.channel = handler.channel();
    this.quiet = new VoidChannelPromise(channel, false);
    this.sockJs = sockJs;
  }

  static Wire of(ServerWebSocket socket) {
    return new DirectWire(((WebSocketInternal) socket).channelHandlerContext(), false);
  }

  /**
   * The HTTP connection's own context has left the pipeline at the upgrade; the one named "handler"
   * took its place.
   */
  static Wire of(SockJSSocket socket) {
    HttpConnection connection = socket.routingContext().request().connection();
    Channel channel = ((ConnectionBase) connection).channelHandlerContext().channel();
    return new DirectWire(channel.pipeline().context("handler"), true);
  }

  @Override
  public void write(Run run) {
    ByteBuf frames = sockJs ? run.sockJs() : run.raw();
    handler.write(frames, quiet);
  }

  @Override
  public void flush() {
    handler.flush();
  }

  @Override
  public long pendingBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** A task that is executed runs before anything is read; one that is due in no time, after. */
  @Override
  public boolean afterReading(Runnable task) {
    channel.eventLoop().schedule(task, 0, TimeUnit.NANOSECONDS);
    return true;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void cut() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.unsafe().close(handler.newPromise());
  }
}

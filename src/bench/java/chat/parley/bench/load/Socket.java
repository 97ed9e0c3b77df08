package chat.parley.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One WebSocket of the load: its channel, half a frame, and what it has heard so far. */
public final class Socket {
  private static final byte[] NOTHING = {};

  final SocketChannel channel;
  final byte[] handshake;

  /** Its place in the swarm. */
  public final int index;

  /** The room it talks in, as an index of the crowd's rooms. */
  int room;

  /** The last message heard; -1 until the room has said where it stands. */
  long seq = -1;

  /** Sends without an answer. */
  int underWay;

  boolean open;
  boolean reading = true;
  SelectionKey key;
  byte[] rest = NOTHING;
  private ByteBuffer unsent;

  Socket(SocketChannel channel, int index, byte[] handshake) {
    this.channel = channel;
    this.index = index;
    this.handshake = handshake;
  }

  /** Writes, and keeps what the kernel does not take for {@link #resume}. */
  void write(ByteBuffer bytes) throws IOException {
    if (unsent != null) {
      keep(bytes);
      return;
    }
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      keep(bytes);
      interest();
    }
  }

  private void keep(ByteBuffer bytes) {
    int before = unsent == null ? 0 : unsent.remaining();
    ByteBuffer all = ByteBuffer.allocate(before + bytes.remaining());
    if (unsent != null) {
      all.put(unsent);
    }
    unsent = all.put(bytes).flip();
  }

  void resume() throws IOException {
    channel.write(unsent);
    if (!unsent.hasRemaining()) {
      unsent = null;
      interest();
    }
  }

  /** Stops reading, or goes on. */
  void read(boolean on) {
    reading = on;
    interest();
  }

  private void interest() {
    key.interestOps(
        (reading ? SelectionKey.OP_READ : 0) | (unsent != null ? SelectionKey.OP_WRITE : 0));
  }
}

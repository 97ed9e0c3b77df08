package chat.parley.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Many WebSockets of one server, driven by whoever calls {@link #turn}. Frames are told from where
 * they lie in one shared buffer, without an object each, so that one core counts more of them than
 * any server sends.
 */
public final class Swarm implements AutoCloseable {
  private static final int OPENING_AT_ONCE = 64;
  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(8);
  private static final byte[] PING = Dialect.bytes("{\"type\":\"ping\"}");
  private static final int BUFFER = 1 << 20;
  private static final int[] MASK = {0x37, 0xfa, 0x21, 0x3d};

  /** Whoever is told what arrives. */
  public interface Ear {
    /** A text or binary frame lies in {@code bytes} until the call returns. */
    void heard(Socket socket, byte[] bytes, int from, int to);

    /** The server has closed a socket. */
    void lost(Socket socket, String why);
  }

  private final Selector selector;
  private final InetSocketAddress server;
  private final Ear ear;
  private final List<Socket> sockets = new ArrayList<>();
  private final byte[] input = new byte[BUFFER];
  private final ByteBuffer inputBuffer = ByteBuffer.wrap(input);
  private final ByteBuffer output = ByteBuffer.allocate(64 << 10);
  private int opening;
  private int closed;
  private long readAtNanos;
  private int pinged;
  private long pingedAtNanos = System.nanoTime();

  public Swarm(int port, Ear ear) {
    this.server = new InetSocketAddress("127.0.0.1", port);
    this.ear = ear;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Socket> sockets() {
    return sockets;
  }

  /** When the bytes that are being told were read. */
  public long readAtNanos() {
    return readAtNanos;
  }

  public int closed() {
    return closed;
  }

  /**
   * Opens sockets, at most some at a time, and returns when the server has upgraded them all.
   *
   * @param meanwhile is run at every turn
   */
  public void open(int count, IntFunction<String> target, long deadlineNanos, Runnable meanwhile) {
    int wanted = sockets.size() + count;
    while (sockets.size() < wanted || opening > 0) {
      while (sockets.size() < wanted && opening < OPENING_AT_ONCE) {
        openOne(target.apply(sockets.size()));
      }
      turn(1);
      meanwhile.run();
      if (System.nanoTime() > deadlineNanos || closed > 0) {
        throw new IllegalStateException(
            "Of " + wanted + " sockets " + opening + " did not open; refused: " + closed);
      }
    }
  }

  /** Begins to open one socket; {@link #turn} finishes it. */
  public Socket openOne(String target) {
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Socket socket =
          new Socket(channel, sockets.size(), request.getBytes(StandardCharsets.US_ASCII));
      channel.connect(server);
      socket.key = channel.register(selector, SelectionKey.OP_CONNECT, socket);
      sockets.add(socket);
      opening++;
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for at most so many milliseconds, not at all for 0, and tells all that has arrived. */
  public void turn(long millis) {
    try {
      if (millis == 0) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready, millis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(SelectionKey key) {
    Socket socket = (Socket) key.attachment();
    try {
      if (key.isConnectable()) {
        socket.channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        socket.write(ByteBuffer.wrap(socket.handshake));
      }
      if (key.isWritable()) {
        socket.resume();
      }
      if (key.isReadable()) {
        read(socket);
      }
    } catch (IOException e) {
      lose(socket, e.toString());
    }
  }

  private void read(Socket socket) throws IOException {
    int before = socket.rest.length;
    System.arraycopy(socket.rest, 0, input, 0, before);
    inputBuffer.clear().position(before);
    if (socket.channel.read(inputBuffer) < 0) {
      lose(socket, "end of stream");
      return;
    }
    readAtNanos = System.nanoTime();
    int end = inputBuffer.position();
    int at = socket.open ? 0 : upgraded(socket, end);
    at = socket.open ? frames(socket, at, end) : at;
    if (at == end) {
      socket.rest = before == 0 ? socket.rest : new byte[0];
    } else {
      socket.rest = Arrays.copyOfRange(input, at, end);
    }
  }

  /** Where the frames begin, or 0 while the answer to the upgrade is not complete. */
  private int upgraded(Socket socket, int end) {
    for (int i = 3; i < end; i++) {
      if (input[i] == '\n' && input[i - 2] == '\n') {
        String head = new String(input, 0, i, StandardCharsets.ISO_8859_1);
        opening--;
        socket.open = true;
        if (!head.startsWith("HTTP/1.1 101")) {
          lose(socket, head.lines().findFirst().orElse(""));
        }
        return i + 1;
      }
    }
    return 0;
  }

  private int frames(Socket socket, int from, int end) {
    int at = from;
    while (end - at >= 2) {
      int length = input[at + 1] & 0x7f;
      int header = length < 126 ? 2 : length == 126 ? 4 : 10;
      if (end - at < header) {
        break;
      }
      if (header > 2) {
        length = number(at + 2, header - 2);
      }
      int next = at + header + length;
      if (next > BUFFER) {
        throw new IllegalStateException("A frame of " + length + " bytes");
      }
      if (next > end) {
        break;
      }
      tell(socket, input[at] & 0x0f, at + header, next);
      at = next;
    }
    return at;
  }

  private int number(int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | input[at + i] & 0xff;
    }
    return (int) Math.min(value, Integer.MAX_VALUE / 2);
  }

  private void tell(Socket socket, int opcode, int from, int to) {
    if (opcode == 8) {
      lose(socket, "close frame " + (to - from >= 2 ? number(from, 2) : "without a code"));
    } else if (opcode == 9) {
      write(socket, 10, Arrays.copyOfRange(input, from, to));
    } else if (opcode <= 2) {
      ear.heard(socket, input, from, to);
    }
  }

  private void lose(Socket socket, String why) {
    if (socket.key.isValid()) {
      socket.key.cancel();
      opening -= socket.open ? 0 : 1;
      closed++;
      ear.lost(socket, why);
    }
    closeQuietly(socket);
  }

  /** Sends one text frame. */
  public void send(Socket socket, byte[] payload) {
    write(socket, 1, payload);
  }

  /**
   * Says on every socket, each eight seconds, that it is alive; spread, so that no window sees a
   * wave. To be called often; false when none was due.
   */
  public boolean ping() {
    long now = System.nanoTime();
    int count = sockets.size();
    long due = Math.min(count, (now - pingedAtNanos) * count / PING_NANOS);
    for (int i = 0; i < due; i++) {
      pinged = (pinged + 1) % count;
      if (sockets.get(pinged).open) {
        send(sockets.get(pinged), PING);
      }
    }
    pingedAtNanos = due < 1 ? pingedAtNanos : now;
    return due > 0;
  }

  private void write(Socket socket, int opcode, byte[] payload) {
    output.clear();
    output.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      output.put((byte) (0x80 | payload.length));
    } else {
      output.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    for (int each : MASK) {
      output.put((byte) each);
    }
    for (int i = 0; i < payload.length; i++) {
      output.put((byte) (payload[i] ^ MASK[i & 3]));
    }
    try {
      socket.write(output.flip());
    } catch (IOException e) {
      lose(socket, e.toString());
    }
  }

  /** Stops reading a socket, as a client does that hangs. */
  public void stall(Socket socket) {
    socket.read(false);
  }

  @Override
  public void close() {
    sockets.forEach(Swarm::closeQuietly);
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package chat.parley.trust;

import chat.parley.testing.RawHttp;
import chat.parley.testing.RawHttp.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/** Bytes to the target and bytes back, whatever they say. */
final class Line implements AutoCloseable {
  private static final int PATIENCE_MS = 40_000;

  private final Socket socket;

  private Line(Socket socket) {
    this.socket = socket;
  }

  static Line to(URI target) throws IOException {
    boolean tls = target.getScheme().equals("https");
    int port = target.getPort() < 0 ? (tls ? 443 : 80) : target.getPort();
    Socket socket =
        tls
            ? SSLSocketFactory.getDefault().createSocket(target.getHost(), port)
            : new Socket(target.getHost(), port);
    socket.setSoTimeout(PATIENCE_MS);
    return new Line(socket);
  }

  /** From an address of our own choice on this machine. */
  static Line from(String address, URI target) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", target.getPort()), 5_000);
    socket.setSoTimeout(PATIENCE_MS);
    return new Line(socket);
  }

  static Reply ask(URI target, String raw) throws IOException {
    try (Line line = to(target)) {
      return line.say(raw).reply(raw.split(" ")[0]);
    }
  }

  Line say(String raw) throws IOException {
    socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Reply reply(String method) throws IOException {
    return RawHttp.read(socket.getInputStream(), method);
  }

  /** Everything until the other side closes, or resets. */
  String rest() throws IOException {
    StringBuilder said = new StringBuilder();
    byte[] part = new byte[8 << 10];
    try {
      for (int read; (read = socket.getInputStream().read(part)) >= 0; ) {
        said.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (java.net.SocketException reset) {
      return said.toString();
    }
    return said.toString();
  }

  /** Listens for so long; true once the other side has said something, or closed. */
  boolean hears(int millis, StringBuilder said) throws IOException {
    socket.setSoTimeout(millis);
    try {
      int first = socket.getInputStream().read();
      if (first >= 0) {
        socket.setSoTimeout(PATIENCE_MS);
        said.append((char) first).append(rest());
      }
      return true;
    } catch (java.net.SocketTimeoutException silence) {
      return false;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package chat.parley.trust;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TLS connection whose every wish can be chosen, and HTTP/2 frames by hand over it. */
final class TlsLine implements AutoCloseable {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** {@code :method GET, :scheme https, :path /, :authority localhost} in HPACK. */
  private static final byte[] GET_ROOT = {
    (byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't'
  };

  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;

  private final SSLSocket socket;
  private int stream = 1;

  private TlsLine(SSLSocket socket) {
    this.socket = socket;
  }

  static TlsLine open(SSLContext context, int port) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    return new TlsLine(socket);
  }

  TlsLine asking(String name) {
    return with(wish -> wish.setServerNames(List.of(new SNIHostName(name))));
  }

  TlsLine speaking(String protocol) {
    return with(wish -> wish.setProtocols(new String[] {protocol}));
  }

  TlsLine in(String cipher) {
    return with(wish -> wish.setCipherSuites(new String[] {cipher}));
  }

  TlsLine preferring(String... applications) {
    return with(wish -> wish.setApplicationProtocols(applications));
  }

  private TlsLine with(java.util.function.Consumer<SSLParameters> wish) {
    SSLParameters parameters = socket.getSSLParameters();
    wish.accept(parameters);
    socket.setSSLParameters(parameters);
    return this;
  }

  /** The name in the certificate that the server shows. */
  String shown() throws IOException {
    socket.startHandshake();
    X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }

  String application() throws IOException {
    socket.startHandshake();
    return socket.getApplicationProtocol();
  }

  /** Begins to speak HTTP/2. */
  TlsLine greet() throws IOException {
    socket.getOutputStream().write(PREFACE);
    frame(SETTINGS, 0, 0, new byte[0]);
    return this;
  }

  /** Asks for the first page and changes its mind. */
  void askAndReset() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(bytes(HEADERS, 5, stream, GET_ROOT));
    both.writeBytes(bytes(RESET, 0, stream, new byte[] {0, 0, 0, 8}));
    socket.getOutputStream().write(both.toByteArray());
    stream += 2;
  }

  /** Reads until the server says GOAWAY or closes; false when it does neither in time. */
  boolean isSentAway() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.readNBytes(5 + length);
        if (type == GO_AWAY) {
          return true;
        }
      }
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    socket.getOutputStream().write(bytes(type, flags, stream, payload));
  }

  private static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.write(stream >> 24);
    frame.write(stream >> 16);
    frame.write(stream >> 8);
    frame.write(stream);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

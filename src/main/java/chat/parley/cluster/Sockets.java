package chat.parley.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;

/** Sockets that show who we are and ask the same, and that do not wait long for the answer. */
final class Sockets extends DefaultSocketFactory {
  /** As JGroups calls what it sends messages by; the watch is read for as long as a node lives. */
  private static final String CONNECTION = "jgroups.tcp.sock";

  private static final int HANDSHAKE_MS = 2_000;

  Sockets(SSLContext tls) {
    super(tls);
    setServerSocketConfigurator(Sockets::askForCertificates);
  }

  private static void askForCertificates(ServerSocket socket) {
    ((SSLServerSocket) socket).setNeedClientAuth(true);
  }

  /** A stopped process is still connected to, by its system, and never answers. */
  @Override
  public Socket createSocket(String service) throws IOException {
    Socket socket = super.createSocket(service);
    if (service.equals(CONNECTION)) {
      socket.setSoTimeout(HANDSHAKE_MS);
      ((SSLSocket) socket).addHandshakeCompletedListener(done -> patient(socket));
    }
    return socket;
  }

  private static void patient(Socket socket) {
    try {
      socket.setSoTimeout(0);
    } catch (IOException closed) {
      // Nobody reads it any more.
    }
  }
}

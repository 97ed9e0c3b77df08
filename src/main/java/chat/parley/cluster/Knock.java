package chat.parley.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JGroups would let a node that nobody understands start a cluster of its own. So each address is
 * tried first: nobody there is fine, somebody with another secret is not.
 */
final class Knock {
  private static final Logger LOG = LoggerFactory.getLogger(Knock.class);
  private static final int PATIENCE_MS = 2_000;

  private Knock() {}

  /** Throws {@link Cluster.Refused}; blocks. */
  static void at(NodeAddress node, SSLContext tls) {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(node.resolved(), node.port()), PATIENCE_MS);
      plain.setSoTimeout(PATIENCE_MS);
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, node.host(), node.port(), true)) {
        socket.startHandshake();
      }
    } catch (SSLException refused) {
      if (isCertificate(refused)) {
        throw new Cluster.Refused(
            "The node at " + node + " has another secret: give all nodes the same --secret");
      }
      LOG.warn("What answers at {} is no node of ours: {}", node, refused.getMessage());
    } catch (IOException absent) {
      LOG.debug("Nobody at {} yet: {}", node, absent.getMessage());
    }
  }

  private static boolean isCertificate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }
}

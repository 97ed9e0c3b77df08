package chat.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who does not hold the secret gets nothing from a node's cluster ports, and says nothing there.
 */
class StrangersIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static final byte[] FRAME =
      "\0\0\0\u0040\1\1\1\1 parley: a forged announcement, or so it hopes"
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] OTHER_SEED =
      "the seed of somebody else, 32 b.".getBytes(StandardCharsets.US_ASCII);

  private static List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (NodeAddress node : CLUSTER.nodes()) {
      ports.addAll(List.of(node.port(), node.watchPort()));
    }
    return ports;
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    return socket;
  }

  @Test
  void plainPeerIsSentAway() throws IOException {
    for (int port : ports()) {
      try (Socket socket = connect(port)) {
        socket.getOutputStream().write(FRAME);
        byte[] answer = answer(socket);
        // Nothing, or the seven bytes of a TLS alert.
        assertTrue(answer.length == 0 || answer.length == 7 && answer[0] == 0x15, "port " + port);
      }
    }
  }

  private static byte[] answer(Socket socket) {
    try (InputStream in = socket.getInputStream()) {
      return in.readAllBytes();
    } catch (IOException reset) {
      return new byte[0];
    }
  }

  @Test
  void peerWithAnotherSecretIsRefusedByBothSides() throws IOException {
    SSLContext other = new Identity(OTHER_SEED).context();
    for (int port : ports()) {
      try (SSLSocket socket = secured(other, port)) {
        assertThrows(SSLException.class, socket::startHandshake, "port " + port);
      }
    }
  }

  @Test
  void peerWithTheSecretIsLetIn() throws IOException {
    SSLContext ours = new Identity(TestCluster.SEED).context();
    for (int port : ports()) {
      try (SSLSocket socket = secured(ours, port)) {
        socket.startHandshake();
        assertEquals("TLSv1.3", socket.getSession().getProtocol());
      }
    }
  }

  private static SSLSocket secured(SSLContext context, int port) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(connect(port), "127.0.0.1", port, true);
  }

  @Test
  void nodeWithAnotherSecretIsToldSo() {
    NodeAddress self = TestCluster.free();
    List<NodeAddress> nodes = new ArrayList<>(CLUSTER.nodes());
    nodes.add(self);
    Cluster.Refused refused =
        Await.failure(
            Cluster.join(new Cluster.Options(nodes, self, OTHER_SEED), told -> {}),
            Cluster.Refused.class);
    assertTrue(refused.getMessage().contains("another secret"), refused.getMessage());
  }

  @Test
  void nobodyHearsWhatStrangersSay() throws IOException {
    Person ann = CLUSTER.a().person("ann");
    Person bob = CLUSTER.b().person("bob");
    String room = ann.room("group", bob);
    BusSocket socket = bob.socket();
    socket.registerRoom(room);
    for (int port : ports()) {
      try (Socket stranger = connect(port)) {
        stranger.getOutputStream().write(FRAME);
      }
    }
    ann.say(room, "still among us");
    Await.until("the cluster goes on", () -> socket.heard(room, "message").size() == 1);
  }
}

package chat.parley.cluster;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;

/**
 * The channel between the nodes: JGroups over TLS to the listed ones and nowhere else (no
 * multicast, no diagnostics port). A node whose process ends is out at once, one that is silent
 * after {@link #SILENT_MS}; until then at most {@link #UNREAD_BYTES} are on their way to it.
 */
final class Channel {
  private static final int SILENT_MS = 6_000;
  private static final int ALIVE_MS = 1_500;

  /** What the slowest node has not read yet; who sends more waits for it. */
  private static final long UNREAD_BYTES = 1_000_000;

  private static final int FRAGMENT_BYTES = 60_000;

  private Channel() {}

  /** Not connected yet; resolves names, so it blocks. */
  static JChannel to(List<NodeAddress> nodes, NodeAddress self, SSLContext tls) throws Exception {
    List<InetSocketAddress> hosts = new ArrayList<>();
    for (NodeAddress node : nodes) {
      hosts.add(new InetSocketAddress(node.host(), node.port()));
    }
    JChannel channel =
        new JChannel(
            transport(self, tls),
            new TCPPING().initialHosts(hosts).portRange(0),
            new MERGE3().setMinInterval(1_000).setMaxInterval(4_000),
            watch(self),
            new FD_ALL3().setTimeout(SILENT_MS).setInterval(ALIVE_MS),
            new VERIFY_SUSPECT2().setTimeout(1_000),
            new NAKACK2().useMcastXmit(false),
            new UNICAST3(),
            new STABLE(),
            new GMS().setJoinTimeout(2_000).printLocalAddress(false),
            new UFC().setMaxCredits(UNREAD_BYTES),
            new MFC().setMaxCredits(UNREAD_BYTES),
            new FRAG4().setFragSize(FRAGMENT_BYTES));
    // It would listen on all interfaces, for whoever asks.
    channel.getProtocolStack().getTransport().getDiagnosticsHandler().setEnabled(false);
    return channel;
  }

  /** A node whose process ended is out at once: its watched connection breaks. */
  private static FD_SOCK watch(NodeAddress self) throws UnknownHostException {
    return new FD_SOCK()
        .setBindAddress(self.resolved())
        .setStartPort(self.watchPort())
        .setPortRange(0);
  }

  private static TCP transport(NodeAddress self, SSLContext tls) throws UnknownHostException {
    TCP tcp = new TCP();
    tcp.setBindAddress(self.resolved()).setBindPort(self.port()).setPortRange(0);
    tcp.setSocketFactory(new Sockets(tls));
    // Strangers who knock must not be able to fill the log.
    tcp.logAcceptError(false);
    // Threads of its own for each connection, and for whom it is to be made to: connecting and
    // writing to a node that hangs must not keep from the others that we live.
    tcp.nonBlockingSends(true);
    tcp.setBundler(new PerDestinationBundler().useSingleSenderThread(false));
    // The few threads that it needs are the same on every Java.
    tcp.useVirtualThreads(false);
    return tcp;
  }
}

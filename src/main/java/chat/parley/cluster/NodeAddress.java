package chat.parley.cluster;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * Where a node listens for the others: at {@code port}, and {@link #WATCH_OFFSET} above it for the
 * connection whose break tells that the process has ended.
 */
public record NodeAddress(String host, int port) {
  /** Fixed, so that a firewall can name them, and far enough apart for several nodes on a host. */
  public static final int WATCH_OFFSET = 100;

  /** Whether a word is {@code host:port} with room for the port above it. */
  public static boolean isOne(String word) {
    return word.matches("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}")
        && of(word).port > 0
        && of(word).watchPort() <= 65_535;
  }

  /** Of a word that {@link #isOne}. */
  public static NodeAddress of(String word) {
    int colon = word.lastIndexOf(':');
    String host = word.substring(0, colon).replaceAll("[\\[\\]]", "");
    return new NodeAddress(host, Integer.parseInt(word.substring(colon + 1)));
  }

  int watchPort() {
    return port + WATCH_OFFSET;
  }

  /** Asks the names' service: blocks. */
  InetAddress resolved() throws UnknownHostException {
    return InetAddress.getByName(host);
  }

  /** Whether the host is this machine; blocks. */
  public boolean isHere() {
    try {
      InetAddress address = resolved();
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException unknown) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}

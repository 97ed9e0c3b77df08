package chat.parley.media;

import chat.parley.model.PublicAddress;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the server goes for a stranger's link: to public addresses, to the two ports of the web.
 * No setting widens it; only a test does, by a subclass.
 */
class PreviewReach {
  private final WorkerExecutor names;

  /**
   * @param names threads on which the machine's own resolver may wait
   */
  PreviewReach(WorkerExecutor names) {
    this.names = names;
  }

  /** All addresses of a host, in the order in which they are best tried. */
  Future<List<InetAddress>> resolve(String host) {
    return names.executeBlocking(() -> nameless(InetAddress.getAllByName(host)), false);
  }

  /** So that nobody can look the name up again. */
  private static List<InetAddress> nameless(InetAddress[] found) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (InetAddress address : found) {
      addresses.add(InetAddress.getByAddress(address.getAddress()));
    }
    return addresses;
  }

  boolean allows(InetAddress address) {
    return PublicAddress.is(address.getAddress());
  }

  boolean allows(int port) {
    return port == 80 || port == 443;
  }

  /** As pages are asked for: directly, one question a connection, in plain HTTP/1.1. */
  HttpClientOptions manner() {
    return new HttpClientOptions()
        .setConnectTimeout(3_000)
        .setIdleTimeout(5)
        .setKeepAlive(false)
        .setMaxHeaderSize(32 << 10)
        .setForceSni(true);
  }
}

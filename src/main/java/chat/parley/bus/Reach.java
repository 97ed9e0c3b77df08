package chat.parley.bus;

import chat.parley.model.PublicAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * How far this server goes when it asks another one: to public addresses, unless a setting lets it
 * go to private ones as well. A host's addresses are looked up here, all of them checked, and the
 * connection is made to one that was checked, so no second answer of a name server can lead
 * elsewhere. O(addresses) a request.
 */
public final class Reach {
  private final Vertx vertx;
  private final boolean anywhere;

  /**
   * @param anywhere whether addresses of this machine and its network are as good as others
   */
  public Reach(Vertx vertx, boolean anywhere) {
    this.vertx = vertx;
    this.anywhere = anywhere;
  }

  /** The same wish, bound to an address; fails with a sentence for whoever set the host. */
  public Future<RequestOptions> to(RequestOptions wish) {
    return anywhere
        ? Future.succeededFuture(wish)
        : vertx
            .executeBlocking(() -> publicAddress(wish.getHost()), false)
            .map(at -> bound(wish, at));
  }

  private static RequestOptions bound(RequestOptions wish, InetAddress address) {
    return new RequestOptions(wish)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port(wish))));
  }

  private static int port(RequestOptions wish) {
    if (wish.getPort() != null && wish.getPort() > 0) {
      return wish.getPort();
    }
    return Boolean.TRUE.equals(wish.isSsl()) ? 443 : 80;
  }

  /**
   * The first of a host; one that is not public is enough to refuse, as who mixes them means no
   * good. Blocks.
   */
  public static InetAddress publicAddress(String host) throws UnknownHostException {
    InetAddress[] found = InetAddress.getAllByName(host);
    for (InetAddress each : found) {
      if (!PublicAddress.is(each.getAddress())) {
        throw new UnknownHostException(
            host + " is at a private address, which --private-addresses may allow");
      }
    }
    // Nameless, so that nobody looks the name up again.
    return InetAddress.getByAddress(found[0].getAddress());
  }
}

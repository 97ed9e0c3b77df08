package chat.parley.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Where a request comes from. {@code X-Forwarded-For} counts only as far as trusted proxies have
 * written it: it is read from its end, and the first address that is not a trusted proxy is the
 * client.
 */
final class ClientAddress {
  private final List<IpSubnetFilterRule> trusted;

  /** {@code proxies} are addresses or networks such as {@code 10.0.0.0/8}. */
  ClientAddress(Collection<String> proxies) {
    trusted = proxies.stream().map(ClientAddress::rule).toList();
  }

  /** Whether a setting names an address or a network. */
  static boolean isNetwork(String text) {
    try {
      rule(text);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  String of(HttpServerRequest request) {
    String client = request.remoteAddress().hostAddress();
    if (trusted.isEmpty() || !isTrusted(client)) {
      return client;
    }
    String[] hops = String.join(",", request.headers().getAll("X-Forwarded-For")).split(",");
    for (int i = hops.length - 1; i >= 0 && isTrusted(client) && isAddress(hops[i].trim()); i--) {
      client = hops[i].trim();
    }
    return client;
  }

  /**
   * Who shares a limit: one IPv4 address, or one IPv6 network of 64 bits, since a single customer
   * owns all of it.
   */
  static String limitKey(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length == 4
        ? address
        : NetUtil.bytesToIpAddress(Arrays.copyOf(Arrays.copyOf(bytes, 8), 16));
  }

  /** Whether this is a trusted proxy. */
  boolean isTrusted(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    try {
      InetSocketAddress peer = new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
      return trusted.stream().anyMatch(network -> network.matches(peer));
    } catch (UnknownHostException | NullPointerException notAnAddress) {
      return false;
    }
  }

  private static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
  }

  private static IpSubnetFilterRule rule(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!isAddress(address)) {
      throw new IllegalArgumentException("not an address");
    }
    int bits =
        slash < 0
            ? (address.contains(":") ? 128 : 32)
            : Integer.parseInt(text.substring(slash + 1));
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }
}

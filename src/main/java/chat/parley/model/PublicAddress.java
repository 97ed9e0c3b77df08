package chat.parley.model;

import java.util.List;

/**
 * Which addresses lie in the public internet. What a stranger names is asked for only there: what
 * is private, of this machine, of this network or of nobody may be a door that trusts us. Pure;
 * follows the registries of special addresses that IANA keeps, and takes of IPv6 only what is
 * handed out. Addresses that carry one of IPv4 (mapped, NAT64, 6to4, Teredo, ISATAP) are refused
 * whole.
 */
public final class PublicAddress {
  private static final List<Net> NOT_PUBLIC =
      List.of(
          net(8, 0),
          net(8, 10),
          net(10, 100, 64),
          net(8, 127),
          net(16, 169, 254),
          net(12, 172, 16),
          net(24, 192, 0, 0),
          net(24, 192, 0, 2),
          net(24, 192, 31, 196),
          net(24, 192, 52, 193),
          net(24, 192, 88, 99),
          net(16, 192, 168),
          net(24, 192, 175, 48),
          net(15, 198, 18),
          net(24, 198, 51, 100),
          net(24, 203, 0, 113),
          net(3, 224),
          // Public by its number, but answered by the host of a virtual machine.
          net(32, 168, 63, 129, 16));

  private static final Net HANDED_OUT = net(3, 0x20);

  private static final List<Net> NOT_PUBLIC_V6 =
      List.of(
          net(23, 0x20, 0x01, 0x00),
          net(32, 0x20, 0x01, 0x0d, 0xb8),
          net(16, 0x20, 0x02),
          net(20, 0x3f, 0xff),
          net(48, 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00));

  private PublicAddress() {}

  /** The bits that all addresses of a network begin with. */
  private record Net(int bits, byte[] begins) {
    boolean holds(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int at = bit >> 3;
        int mask = 0x80 >> (bit & 7);
        int wanted = at < begins.length ? begins[at] : 0;
        if (((address[at] ^ wanted) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private static Net net(int bits, int... begins) {
    byte[] bytes = new byte[begins.length];
    for (int i = 0; i < begins.length; i++) {
      bytes[i] = (byte) begins[i];
    }
    return new Net(bits, bytes);
  }

  /**
   * @param address its 4 or 16 bytes; anything else is not public
   */
  public static boolean is(byte[] address) {
    if (address.length == 4) {
      return NOT_PUBLIC.stream().noneMatch(net -> net.holds(address));
    }
    return address.length == 16
        && HANDED_OUT.holds(address)
        && NOT_PUBLIC_V6.stream().noneMatch(net -> net.holds(address))
        && !isIsatap(address);
  }

  /** Its second half begins with 0000:5efe or 0200:5efe, and ends with an address of IPv4. */
  private static boolean isIsatap(byte[] address) {
    return (address[8] & ~0x02) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }
}

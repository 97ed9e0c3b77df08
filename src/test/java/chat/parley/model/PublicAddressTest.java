package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  private static boolean isPublic(String address) throws UnknownHostException {
    return PublicAddress.is(InetAddress.getByName(address).getAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "169.254.0.1",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.7",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "192.175.48.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.9",
        "203.0.113.200",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        // What a resolver reads into other ways of writing.
        "2130706433",
        "127.1",
        "0:0:0:0:0:ffff:7f00:1",
        "::ffff:10.0.0.1"
      })
  void s76_addressesOfTheFourthVersionThatAreNotPublic(String address) throws Exception {
    assertFalse(isPublic(address), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "::7f00:1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "ff0e::1",
        "64:ff9b::7f00:1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "3fff:fff::1",
        "2620:4f:8000::1",
        "4000::1",
        "5f00::1",
        "2a00:1450::5efe:10.0.0.1",
        "2a00:1450::200:5efe:a00:1"
      })
  void s76_addressesOfTheSixthVersionThatAreNotPublic(String address) throws Exception {
    assertFalse(isPublic(address), address);
  }

  @Test
  void s76_mappedAddressesAreRefusedAlsoWhereNobodyUnwrapsThem() {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(new byte[] {8, 8, 8, 8}, 0, mapped, 12, 4);
    assertFalse(PublicAddress.is(mapped));
    assertFalse(PublicAddress.is(new byte[0]));
    assertFalse(PublicAddress.is(new byte[5]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.1",
        "203.0.114.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2a00:1450:4001:81b::200e",
        "3ffe::1"
      })
  void publicAddressesAndTheNeighboursOfOthers(String address) throws Exception {
    assertTrue(isPublic(address), address);
  }

  @Test
  void everyAddressIsOneOrTheOther() {
    // A walk over all networks of 16 bits: how many of them are not public as a whole or in part.
    int refused = 0;
    for (int net = 0; net < 1 << 16; net++) {
      refused += PublicAddress.is(new byte[] {(byte) (net >> 8), (byte) net, 1, 7}) ? 0 : 1;
    }
    assertEquals(3 * 256 + 64 + 1 + 16 + 1 + 2 + 32 * 256, refused);
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which nodes there are and which one this is, or one sentence why that cannot be. */
class ClusterSettingsTest {
  private static ClusterSettings of(String nodes, String bind, String database) {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(Setting.CLUSTER, nodes);
    settings.put(Setting.CLUSTER_BIND, bind);
    settings.put(Setting.DATABASE_URL, database);
    return ClusterSettings.of(Config.of(settings));
  }

  private static String refusal(String nodes, String bind, String database) {
    return assertThrows(Config.Wrong.class, () -> of(nodes, bind, database)).getMessage();
  }

  @Test
  void withoutNodesTheServerStandsAlone() {
    assertTrue(of("", "", "").isAlone());
  }

  @Test
  void theNodeOfThisMachineIsFoundOrNamed() {
    assertEquals(7800, of("127.0.0.1:7800,192.0.2.1:7800", "", "db").self().port());
    assertEquals(7801, of("127.0.0.1:7800,127.0.0.1:7801", "127.0.0.1:7801", "db").self().port());
    assertEquals("::1", of("[::1]:7800", "[::1]:7800", "db").self().host());
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertTrue(refusal("127.0.0.1:7800", "", "").contains("--database-url"));
    assertTrue(refusal("", "127.0.0.1:7800", "db").contains("--cluster-bind needs --cluster"));
    assertTrue(refusal("127.0.0.1:7800", "127.0.0.1:7801", "db").contains("is not among"));
    assertTrue(refusal("127.0.0.1:7800,127.0.0.1:7801", "", "db").contains("several"));
    assertTrue(refusal("192.0.2.1:7800", "", "db").contains("no address"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.1:0", "127.0.0.1:65500", "a b:7800", ":7800"})
  void whatIsNoAddressIsRefused(String word) {
    assertThrows(Config.Wrong.class, () -> Config.of(Map.of(Setting.CLUSTER, word)));
  }
}

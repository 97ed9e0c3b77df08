package chat.parley.testing;

import chat.parley.cluster.Cluster;
import chat.parley.cluster.NodeAddress;
import chat.parley.persistence.DatabaseAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two nodes of one cluster in this JVM, once for all tests of a class. */
public final class TestCluster implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  public static final byte[] SEED =
      "the seed of a cluster, 32 bytes!".getBytes(StandardCharsets.US_ASCII);

  private final List<NodeAddress> nodes = List.of(free(), free());
  private TestServer a;
  private TestServer b;

  @Override
  public void beforeAll(ExtensionContext context) {
    Assumptions.assumeTrue(
        System.getProperty("base-url", "").isEmpty(), "needs two servers of its own");
    DatabaseAddress database = TestDatabase.fresh();
    a = TestServer.node(database, new Cluster.Options(nodes, nodes.get(0), SEED));
    b = TestServer.node(database, new Cluster.Options(nodes, nodes.get(1), SEED));
    a.start();
    b.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    a.farewell();
    b.farewell();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (a != null) {
      b.stop();
      a.stop();
    }
  }

  public TestServer a() {
    return a;
  }

  public TestServer b() {
    return b;
  }

  /** Their cluster addresses. */
  public List<NodeAddress> nodes() {
    return nodes;
  }

  /** An address of which both ports are free. */
  public static NodeAddress free() {
    return new NodeAddress("127.0.0.1", Ports.free(NodeAddress.WATCH_OFFSET));
  }
}

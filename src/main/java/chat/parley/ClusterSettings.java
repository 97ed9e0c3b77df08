package chat.parley;

import chat.parley.cluster.NodeAddress;
import java.util.List;

/** What the settings say of the cluster, taken together. */
record ClusterSettings(List<NodeAddress> nodes, NodeAddress self) {

  /** Without nodes when the server stands alone; throws {@link Config.Wrong}. */
  static ClusterSettings of(Config config) {
    List<NodeAddress> nodes = config.list(Setting.CLUSTER).stream().map(NodeAddress::of).toList();
    String bind = config.get(Setting.CLUSTER_BIND);
    if (nodes.isEmpty()) {
      require(bind.isEmpty(), "--cluster-bind needs --cluster, which names all nodes");
      return new ClusterSettings(nodes, null);
    }
    require(
        !config.get(Setting.DATABASE_URL).isEmpty(),
        "--cluster needs --database-url: all nodes share one PostgreSQL, and the embedded one serves its own node only");
    return new ClusterSettings(nodes, bind.isEmpty() ? here(nodes) : named(nodes, bind));
  }

  boolean isAlone() {
    return nodes.isEmpty();
  }

  private static NodeAddress named(List<NodeAddress> nodes, String bind) {
    NodeAddress self = NodeAddress.of(bind);
    require(
        nodes.contains(self),
        "--cluster-bind " + bind + " is not among the addresses that --cluster names");
    return self;
  }

  private static NodeAddress here(List<NodeAddress> nodes) {
    List<NodeAddress> here = nodes.stream().filter(NodeAddress::isHere).toList();
    require(
        here.size() == 1,
        "--cluster names "
            + (here.isEmpty() ? "no address" : "several addresses")
            + " of this machine: say by --cluster-bind which one is this node's");
    return here.get(0);
  }

  private static void require(boolean right, String objection) {
    if (!right) {
      throw new Config.Wrong(objection);
    }
  }
}

package chat.parley.persistence;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How PostgreSQL carried out one statement, node by node. */
record Plan(List<JsonObject> nodes, String text) {
  /**
   * Prepares the statement, runs it with {@code arguments} (SQL literals) in the connection's open
   * transaction, and forgets it.
   */
  static Plan of(Connection connection, String sql, String arguments) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("prepare hot as " + sql);
      String list = arguments.isEmpty() ? "" : "(" + arguments + ")";
      try (ResultSet rows =
          statement.executeQuery("explain (analyze, format json) execute hot" + list)) {
        rows.next();
        String text = rows.getString(1);
        List<JsonObject> nodes = new ArrayList<>();
        gather(new JsonArray(text).getJsonObject(0).getJsonObject("Plan"), nodes);
        return new Plan(nodes, text);
      } finally {
        statement.execute("deallocate hot");
      }
    }
  }

  private static void gather(JsonObject node, List<JsonObject> nodes) {
    nodes.add(node);
    node.getJsonArray("Plans", new JsonArray()).forEach(child -> gather((JsonObject) child, nodes));
  }

  /** Tables that are read from end to end. */
  List<String> scannedWhole() {
    return nodes.stream()
        .filter(node -> node.getString("Node Type").equals("Seq Scan"))
        .map(node -> node.getString("Relation Name"))
        .toList();
  }

  /** The most rows that any scan of a table looked at, in all its loops together. */
  long rowsRead() {
    return nodes.stream()
        .filter(node -> node.containsKey("Relation Name") || node.containsKey("Index Name"))
        .mapToLong(Plan::rows)
        .max()
        .orElse(0);
  }

  /** The most rows of one table that any scan looked at, in all its loops together. */
  long rowsRead(String table) {
    return nodes.stream()
        .filter(node -> table.equals(node.getString("Relation Name")))
        .mapToLong(Plan::rows)
        .max()
        .orElse(0);
  }

  boolean uses(String index) {
    return nodes.stream().anyMatch(node -> index.equals(node.getString("Index Name")));
  }

  private static long rows(JsonObject node) {
    double each =
        node.getDouble("Actual Rows")
            + node.getDouble("Rows Removed by Filter", 0.0)
            + node.getDouble("Rows Removed by Index Recheck", 0.0);
    return Math.round(each * node.getLong("Actual Loops"));
  }

  /** How many rows each sort took in. */
  List<Long> sorted() {
    return nodes.stream()
        .filter(node -> node.getString("Node Type").endsWith("Sort"))
        .map(node -> rows(node.getJsonArray("Plans").getJsonObject(0)))
        .toList();
  }

  /** Whether a table's rows are never touched, only an index over them. */
  boolean readsOnlyIndex(String table) {
    return nodes.stream()
        .filter(node -> table.equals(node.getString("Relation Name")))
        .allMatch(node -> node.getString("Node Type").equals("Index Only Scan"));
  }
}

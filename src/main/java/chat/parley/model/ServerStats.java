package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How the server is doing, for its administrators.
 *
 * @param connections of all nodes that answered
 * @param requests of the node that was asked
 * @param recent likewise, minute by minute for an hour
 * @param silentNodes how many nodes did not answer within a second
 */
public record ServerStats(
    Instant countedAt,
    Activity.People people,
    Activity.Rooms rooms,
    Activity.Messages messages,
    Activity.Files media,
    Storage storage,
    Connections.Numbers connections,
    Requests requests,
    List<Activity.Day> days,
    List<Minute> recent,
    List<Node> nodes,
    int silentNodes) {

  /**
   * What is taken, and what the data folder's disk has left.
   *
   * @param freeBytes null when it cannot be told
   */
  public record Storage(long databaseBytes, long mediaBytes, Long freeBytes) {}

  /**
   * Requests since the node started, by class of status; half of those of the last minutes took at
   * most {@code p50Ms}, one in a hundred more than {@code p99Ms}. Null while there were none.
   */
  public record Requests(Instant since, Map<String, Long> byStatus, Double p50Ms, Double p99Ms) {}

  /** A minute of a node: how many sockets it had at its end, and what came in it. */
  public record Minute(
      Instant at,
      int connections,
      long requests,
      long clientErrors,
      long serverErrors,
      Double p50Ms,
      Double p99Ms) {}

  /**
   * A node that lives.
   *
   * @param name its address in the cluster; null for a server that stands alone
   * @param here whether it is the one that was asked
   */
  public record Node(
      UUID id, String name, boolean here, Instant startedAt, Connections.Numbers connections) {}

  public static ServerStats of(
      Activity counted,
      Long freeBytes,
      Connections.Gathered gathered,
      Requests requests,
      List<Minute> recent) {
    List<Node> nodes = gathered.shares().stream().map(share -> node(share, gathered)).toList();
    return new ServerStats(
        counted.countedAt(),
        counted.people(),
        counted.rooms(),
        counted.messages(),
        counted.media(),
        new Storage(counted.databaseBytes(), counted.media().bytes(), freeBytes),
        nodes.stream()
            .map(Node::connections)
            .reduce(Connections.Numbers.NONE, Connections.Numbers::plus),
        requests,
        counted.days(),
        recent,
        nodes,
        gathered.silent());
  }

  private static Node node(Connections.Share share, Connections.Gathered gathered) {
    boolean here = share == gathered.shares().get(0);
    return new Node(share.nodeId(), share.name(), here, share.startedAt(), share.numbers());
  }
}

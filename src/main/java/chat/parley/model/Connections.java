package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is asked about open sockets: of all nodes, as each knows only its own. */
public final class Connections {
  private Connections() {}

  /** The most that one answer holds, and one node tells. */
  public static final int MOST = 200;

  /**
   * The youngest sockets that fit; what is null is not asked for.
   *
   * @param id this one alone
   * @param behind those that do not keep up, when true
   * @param before those that are older than this one
   * @param limit 0 for their numbers alone
   * @param kick whether they are closed as well
   */
  public record Question(
      UUID id, UUID userId, boolean behind, UUID before, int limit, boolean kick) {
    /** Only how many there are. */
    public static Question numbers() {
      return new Question(null, null, false, null, 0, false);
    }

    /** One socket, if it is open. */
    public static Question one(UUID id) {
      return new Question(id, null, false, null, 1, false);
    }

    /** The socket that is to be closed. */
    public static Question kick(UUID id) {
      return new Question(id, null, false, null, 1, true);
    }
  }

  /** How many sockets a node has, by how they speak; and how many of them do not keep up. */
  public record Numbers(int raw, int sockjs, int script, int behind, long queueBytes) {
    public static final Numbers NONE = new Numbers(0, 0, 0, 0, 0);

    public Numbers plus(Numbers other) {
      return new Numbers(
          raw + other.raw,
          sockjs + other.sockjs,
          script + other.script,
          behind + other.behind,
          queueBytes + other.queueBytes);
    }
  }

  /**
   * What one node answers.
   *
   * @param name its address in the cluster; null for a server that stands alone
   */
  public record Share(
      UUID nodeId, String name, Instant startedAt, Numbers numbers, List<Connection> found) {}

  /**
   * What all that answered in time have answered, the node that was asked first.
   *
   * @param silent how many did not
   */
  public record Gathered(List<Share> shares, int silent) {}
}

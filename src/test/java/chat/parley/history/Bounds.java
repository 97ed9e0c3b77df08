package chat.parley.history;

/**
 * How long something may take, in nanoseconds.
 *
 * @param death from the end of a session to the end of its sockets
 * @param present from registering to being seen as present
 * @param ghost from the last socket to not being seen any more
 * @param answer from a request to its answer, or the end of its connection
 */
public record Bounds(long death, long present, long ghost, long answer) {
  private static final long SECOND = 1_000_000_000L;

  /**
   * One node: 2 s, 10 s, 10 s, 30 s. A session is to end within a second, which other tests look
   * at: here the clients of a whole crowd share the machine with what they hear.
   */
  public static Bounds ofOneNode() {
    return new Bounds(2 * SECOND, 10 * SECOND, 10 * SECOND, 30 * SECOND);
  }

  /** Several: 3 s to end a session, and a minute until a dead node's people are gone. */
  public static Bounds ofCluster() {
    return new Bounds(3 * SECOND, 10 * SECOND, 60 * SECOND, 30 * SECOND);
  }
}

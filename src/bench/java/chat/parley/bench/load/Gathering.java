package chat.parley.bench.load;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sockets that come all at once, register many rooms each in one frame, and have caught up when
 * every room has said where it stands.
 */
public final class Gathering implements Swarm.Ear, AutoCloseable {
  private static final int EVENT_AT = 84;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final Swarm swarm;
  private final Histogram done = new Histogram(PATIENCE_NANOS, 3);
  private String fault;
  private int[] heads;
  private int rooms;
  private long start;

  public Gathering(int port) {
    this.swarm = new Swarm(port, this);
  }

  /**
   * Opens a socket for each target, without waiting for one another if {@code storm}, and registers
   * the rooms of each. Returns when all have heard all their heads.
   *
   * @param meanwhile is run at every turn
   */
  public Gathering come(
      List<String> targets, List<List<String>> roomIds, boolean storm, Runnable meanwhile) {
    start = System.nanoTime();
    rooms = roomIds.get(0).size();
    heads = new int[swarm.sockets().size() + targets.size()];
    int before = swarm.sockets().size();
    int joined = before;
    long already = done.getTotalCount();
    while (done.getTotalCount() - already < targets.size()) {
      int most = storm ? targets.size() : 64;
      while (swarm.sockets().size() - before < targets.size()
          && swarm.sockets().size() - before - (done.getTotalCount() - already) < most) {
        swarm.openOne(targets.get(swarm.sockets().size() - before));
      }
      swarm.turn(1);
      swarm.ping();
      meanwhile.run();
      // In order, since a socket that is open early may register a little later without harm.
      while (joined < swarm.sockets().size() && swarm.sockets().get(joined).open) {
        swarm.send(swarm.sockets().get(joined), register(roomIds.get(joined - before)));
        joined++;
      }
      if (fault != null || System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException(fault + ", caught up: " + done.getTotalCount());
      }
    }
    return this;
  }

  private static byte[] register(List<String> roomIds) {
    return Dialect.bytes(
        "{\"type\":\"register\",\"addresses\":[\"room."
            + String.join("\",\"room.", roomIds)
            + "\"]}");
  }

  /** Keeps it alive; to be called often. */
  public void rest() {
    if (swarm.ping()) {
      swarm.turn(0);
    }
  }

  /** From the beginning to each socket's last head, in nanoseconds. */
  public Histogram done() {
    return done;
  }

  @Override
  public void heard(Socket socket, byte[] bytes, int from, int to) {
    boolean rec = bytes[from + 9] == 'r';
    if (!rec) {
      fault = new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
    } else if (to - from > EVENT_AT
        && bytes[from + EVENT_AT] == 'h'
        && ++heads[socket.index] == rooms) {
      done.recordValue(System.nanoTime() - start);
    }
  }

  @Override
  public void lost(Socket socket, String why) {
    fault = "Socket " + socket.index + " was closed: " + why;
  }

  @Override
  public void close() {
    swarm.close();
  }
}

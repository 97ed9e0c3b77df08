package chat.parley.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * People in rooms of one server: each has a socket, registers at one room, and some speak. Every
 * delivery to everybody is checked: each message exactly once and in order. What is wrong stands in
 * {@link #faults}, and then the run is void.
 */
public final class Crowd implements Swarm.Ear, AutoCloseable {
  /** In {@code {"type":"rec","address":"} the address begins here; its first letter tells. */
  private static final int ADDRESS_AT = 25;

  /** And here the type of an event of a room. */
  private static final int EVENT_AT = 84;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int MOST_FAULTS = 20;

  /** A line of chat. */
  private static final int CHAT = 130;

  /** All that are open, as none may fall silent while another opens or drains; one thread's. */
  private static final Set<Crowd> OPEN = new LinkedHashSet<>();

  private final Swarm swarm;
  private final Dialect dialect;
  private final Sends sends;
  private final List<String> roomIds;
  private final long[] top;
  private final List<String> faults = new ArrayList<>();
  private final Scan seqs = new Scan("\"seq\":", ADDRESS_AT);
  private final Scan answers = new Scan("\"seq\":", ADDRESS_AT);
  private final Scan heads = new Scan("\"lastSeq\":", ADDRESS_AT);
  private final Scan texts = new Scan("\"text\":\"", EVENT_AT);
  private Heard heard = new Heard();
  private boolean again;
  private boolean timing;
  private boolean counting;
  private long measuredFrom;
  private Runnable beside;
  private int stalledLost;
  private long deliveries;
  private long acks;
  private int joined;
  private int underWay;

  public Crowd(int port, Dialect dialect, List<String> roomIds) {
    this(port, dialect, roomIds, CHAT);
  }

  /**
   * @param length of each text
   */
  public Crowd(int port, Dialect dialect, List<String> roomIds, int length) {
    this.swarm = new Swarm(port, this);
    this.dialect = dialect;
    this.roomIds = roomIds;
    this.top = new long[roomIds.size()];
    this.sends =
        new Sends(
            roomIds.stream().map(room -> dialect.template(room, length)).toArray(byte[][]::new));
  }

  /**
   * Opens a socket for each target and registers it; socket i talks in room i modulo the rooms.
   * Returns when everybody knows where their room stands.
   */
  public Crowd open(List<String> targets) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    swarm.open(targets.size(), targets::get, deadline, Crowd::restAll);
    OPEN.add(this);
    for (Socket socket : swarm.sockets()) {
      socket.room = socket.index % roomIds.size();
      dialect.join(roomIds.get(socket.room)).forEach(frame -> swarm.send(socket, frame));
      swarm.turn(0);
      restAll();
    }
    while (joined < targets.size()) {
      swarm.turn(1);
      restAll();
      if (System.nanoTime() > deadline || !faults.isEmpty()) {
        throw new IllegalStateException("Joined: " + joined + ", " + faults);
      }
    }
    return this;
  }

  /** What went wrong so far; empty for a valid run. */
  public List<String> faults() {
    return faults;
  }

  /** Deliveries since it was opened, measured or not. */
  public long deliveries() {
    return deliveries;
  }

  /** Answers since it was opened, measured or not. */
  public long acks() {
    return acks;
  }

  public Swarm swarm() {
    return swarm;
  }

  /** The first {@code speakers} sockets keep so many sends under way each. */
  public Heard saturated(int speakers, int each, long warmNanos, long measuredNanos) {
    again = true;
    timing = false;
    long start = System.nanoTime();
    for (int i = 0; i < each; i++) {
      for (Socket socket : swarm.sockets().subList(0, speakers)) {
        say(socket, System.nanoTime());
      }
    }
    turnUntil(start + warmNanos);
    measure(measuredNanos);
    again = false;
    return settle();
  }

  /** The first {@code speakers} sockets take turns, at a rate that waits for nobody. */
  public Heard paced(int speakers, double perSecond, long warmNanos, long measuredNanos) {
    double gap = 1e9 / perSecond;
    long start = System.nanoTime();
    long warm = start + warmNanos;
    long end = warm + measuredNanos;
    timing = true;
    begin(warm);
    long number = 0;
    for (long now = start; now < end; now = System.nanoTime()) {
      counting = now >= warm;
      for (long due = due(start, gap, number); due <= now; due = due(start, gap, ++number)) {
        say(swarm.sockets().get((int) (number % speakers)), due);
      }
      swarm.ping();
      // Spins when the next send is near: a select sleeps for a millisecond at least.
      boolean near = due(start, gap, number) - System.nanoTime() < 2_000_000;
      swarm.turn(near || beside != null ? 0 : 1);
      runBeside();
    }
    counting = false;
    heard.nanos = System.nanoTime() - warm;
    return settle();
  }

  /** One message of the first socket, until everybody has heard it. */
  public void sayOnce() {
    say(swarm.sockets().get(0), System.nanoTime());
    settle();
  }

  private static long due(long start, double gap, long number) {
    return start + (long) (gap * number);
  }

  /** Something else to be done at every turn, such as load of another kind; null for nothing. */
  public void beside(Runnable task) {
    beside = task;
  }

  private void runBeside() {
    if (beside != null) {
      beside.run();
    }
  }

  private void turnUntil(long nanos) {
    while (System.nanoTime() < nanos) {
      swarm.turn(1);
      swarm.ping();
      runBeside();
    }
  }

  /** From now on a new window: it gets the latencies of what is meant to be sent from then on. */
  private void begin(long fromNanos) {
    heard = new Heard();
    measuredFrom = fromNanos;
  }

  private void measure(long nanos) {
    long start = System.nanoTime();
    begin(start);
    counting = true;
    turnUntil(start + nanos);
    counting = false;
    heard.nanos = System.nanoTime() - start;
  }

  /**
   * Waits until every send is answered and everybody has heard all; what is missing is a fault.
   * What was sent in the window and is answered only now still belongs to its latencies.
   */
  private Heard settle() {
    Heard window = heard;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!settled() && System.nanoTime() < deadline && faults.isEmpty()) {
      turnUntil(System.nanoTime() + 2_000_000);
      restAll();
    }
    if (!settled()) {
      long behind = swarm.sockets().stream().filter(each -> each.seq != top[each.room]).count();
      fault(underWay + " sends have no answer, " + behind + " sockets have not heard all");
    }
    timing = false;
    begin(Long.MAX_VALUE);
    return window;
  }

  private boolean settled() {
    return underWay == 0
        && swarm.sockets().stream().allMatch(each -> !each.reading || each.seq == top[each.room]);
  }

  /** Keeps the sockets of servers that are not being measured alive; between windows. */
  public static void restAll() {
    OPEN.forEach(Crowd::rest);
  }

  private void rest() {
    if (swarm.ping()) {
      swarm.turn(0);
    }
  }

  private void say(Socket socket, long intendedNanos) {
    socket.underWay++;
    underWay++;
    swarm.send(socket, sends.frame(socket.room, intendedNanos));
  }

  @Override
  public void heard(Socket socket, byte[] bytes, int from, int to) {
    byte kind = to - from > EVENT_AT ? bytes[from + ADDRESS_AT] : 0;
    if (bytes[from + 9] != 'r') {
      fault(new String(bytes, from, Math.min(300, to - from), StandardCharsets.UTF_8));
    } else if (kind == 'r' && bytes[from + EVENT_AT] == 'm' && bytes[from + EVENT_AT + 2] == 's') {
      message(socket, bytes, from, to);
    } else if (bytes[from + ADDRESS_AT] == 'a') {
      answer(socket, bytes, from, to);
    } else {
      head(socket, heads.number(bytes, from, to));
    }
  }

  private void message(Socket socket, byte[] bytes, int from, int to) {
    long seq = seqs.number(bytes, from, to);
    if (seq != socket.seq + 1) {
      fault("Socket " + socket.index + " heard message " + seq + " after " + socket.seq);
    }
    socket.seq = seq;
    deliveries++;
    if (counting) {
      heard.deliveries++;
      heard.bytes += to - from;
    }
    if (timing) {
      long number = texts.number(bytes, from, to);
      long now = swarm.readAtNanos();
      long signed = sends.signed(number, now);
      if (sends.intended(number) >= measuredFrom) {
        Heard.record(heard.delivery, now - sends.intended(number));
        Heard.record(heard.spread, now - signed);
      }
    }
  }

  private void answer(Socket socket, byte[] bytes, int from, int to) {
    long number = Scan.number(bytes, from + ADDRESS_AT + 1, to, 12);
    long now = swarm.readAtNanos();
    top[socket.room] = Math.max(top[socket.room], answers.number(bytes, from, to));
    sends.signed(number, now);
    if (sends.intended(number) >= measuredFrom) {
      Heard.record(heard.ack, now - sends.intended(number));
    }
    acks++;
    heard.acks += counting ? 1 : 0;
    socket.underWay--;
    underWay--;
    if (again) {
      say(socket, now);
    }
  }

  private void head(Socket socket, long lastSeq) {
    if (lastSeq >= 0 && socket.seq < 0) {
      socket.seq = lastSeq;
      top[socket.room] = Math.max(top[socket.room], lastSeq);
      joined++;
    } else if (lastSeq > socket.seq) {
      fault("Socket " + socket.index + " was told " + lastSeq + " but heard " + socket.seq);
    }
  }

  /** The sockets from this one on stop reading, as clients do that hang. */
  public void stall(int from) {
    swarm.sockets().subList(from, swarm.sockets().size()).forEach(swarm::stall);
  }

  /** How many of those the server has cut. */
  public int stalledLost() {
    return stalledLost;
  }

  @Override
  public void lost(Socket socket, String why) {
    if (!socket.reading) {
      stalledLost++;
      return;
    }
    fault("Socket " + socket.index + " was closed: " + why);
  }

  private void fault(String words) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(words);
    }
  }

  @Override
  public void close() {
    OPEN.remove(this);
    swarm.close();
  }
}

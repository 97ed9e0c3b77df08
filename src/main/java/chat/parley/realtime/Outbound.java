package chat.parley.realtime;

/**
 * What goes out on one socket, under a budget of bytes that the peer has not taken. Over it the
 * socket is behind: it gets no more bodies until it has drained, and is cut when it does not drain
 * in time.
 */
final class Outbound {
  private static final long DRAINED_BYTES = 64 << 10;
  static final long DRAIN_NANOS = 10_000_000_000L;

  private final Wire wire;
  private final Flusher flusher;
  private final Node node;
  private final Tally tally;
  private boolean dirty;
  private long pendingBytes;
  private boolean gone;
  private long behindSinceNanos;
  private boolean behind;
  private boolean closed;

  Outbound(Wire wire, Flusher flusher, Node node) {
    this.wire = wire;
    this.flusher = flusher;
    this.node = node;
    this.tally = flusher.tally;
  }

  /** Sends if there is budget left; false when the socket is behind and this run was not sent. */
  boolean offer(Run run) {
    if (closed || behind || !withinBudget()) {
      return false;
    }
    write(run);
    tally.delivered(run);
    return true;
  }

  /** Sends an answer that must not be lost; a socket that does not even take its answers is cut. */
  void send(byte[] frame) {
    if (closed) {
      return;
    }
    if (wire.pendingBytes() > 2 * Backlog.SOCKET_BYTES) {
      node.meters.closed(CloseCode.TOO_SLOW);
      cut();
      return;
    }
    try (Run run = Run.of(frame)) {
      write(run);
    }
  }

  private boolean withinBudget() {
    if (wire.pendingBytes() <= node.backlog.socketBudget()) {
      return true;
    }
    behind = true;
    behindSinceNanos = System.nanoTime();
    node.meters.fellBehind.increment();
    node.meters.behind.incrementAndGet();
    return false;
  }

  private void write(Run run) {
    wire.write(run);
    tally.wrote(run);
    if (!dirty) {
      dirty = true;
      flusher.add(this);
    }
  }

  /** Called by the {@link Flusher} at the end of the turn; by how much the backlog has grown. */
  long flush() {
    dirty = false;
    wire.flush();
    return grown();
  }

  /** By how much the backlog has grown since this was last asked; may be less than nothing. */
  long grown() {
    long before = pendingBytes;
    pendingBytes = gone ? 0 : wire.pendingBytes();
    return pendingBytes - before;
  }

  /** Sends something that does not last, unless there is a backlog: it is the first to go. */
  void offerPassing(Run run) {
    if (closed) {
      return;
    }
    if (behind || wire.pendingBytes() >= DRAINED_BYTES) {
      tally.shed();
      return;
    }
    write(run);
    tally.signalled();
  }

  boolean afterReading(Runnable task) {
    return wire.afterReading(task);
  }

  /** Whether a socket that was behind has just drained, and must be told where its rooms stand. */
  boolean drained() {
    if (behind && !closed && wire.pendingBytes() < DRAINED_BYTES) {
      catchUp();
      return true;
    }
    return false;
  }

  private void catchUp() {
    if (behind) {
      behind = false;
      node.meters.behind.decrementAndGet();
    }
  }

  /** Whether the socket has been behind for too long. */
  boolean isStuck(long nowNanos) {
    return behind && !closed && nowNanos - behindSinceNanos > DRAIN_NANOS;
  }

  /** What the peer has not taken yet. */
  long waiting() {
    return gone ? 0 : wire.pendingBytes();
  }

  /** Since when it is behind; null while it is not. */
  Long behindFor(long nowNanos) {
    return behind ? (nowNanos - behindSinceNanos) / 1_000_000 : null;
  }

  /** Whether it was we who ended it. */
  boolean isShut() {
    return closed;
  }

  boolean isClosed() {
    return closed || !wire.isOpen();
  }

  /** Nothing more goes out, whatever still arrives to be sent. */
  void close() {
    closed = true;
    wire.flush();
  }

  /** The connection is no more: nothing waits for it. */
  void gone() {
    close();
    catchUp();
    gone = true;
    node.backlog.changed(grown());
  }

  void cut() {
    if (wire.isOpen()) {
      node.meters.cut.increment();
    }
    closed = true;
    wire.cut();
  }
}

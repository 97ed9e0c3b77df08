package chat.parley.realtime;

/**
 * What goes out on one socket, under a budget of bytes that the peer has not taken. Over it the
 * socket is behind: it gets no more bodies until it has drained, and is cut when it does not drain
 * in time.
 */
final class Outbound {
  static final long BUDGET_BYTES = 1 << 20;
  private static final long DRAINED_BYTES = 64 << 10;
  static final long DRAIN_NANOS = 10_000_000_000L;

  private final Wire wire;
  private final Flusher flusher;
  private boolean dirty;
  private long behindSinceNanos;
  private boolean behind;
  private boolean closed;

  Outbound(Wire wire, Flusher flusher) {
    this.wire = wire;
    this.flusher = flusher;
  }

  /** Sends if there is budget left; false when the socket is behind and this run was not sent. */
  boolean offer(Run run) {
    if (closed || behind || !withinBudget()) {
      return false;
    }
    write(run);
    return true;
  }

  /** Sends an answer that must not be lost; a socket that does not even take its answers is cut. */
  void send(byte[] frame) {
    if (closed) {
      return;
    }
    if (wire.pendingBytes() > 2 * BUDGET_BYTES) {
      cut();
      return;
    }
    try (Run run = Run.of(frame)) {
      write(run);
    }
  }

  private boolean withinBudget() {
    if (wire.pendingBytes() <= BUDGET_BYTES) {
      return true;
    }
    behind = true;
    behindSinceNanos = System.nanoTime();
    return false;
  }

  private void write(Run run) {
    wire.write(run);
    if (!dirty) {
      dirty = true;
      flusher.add(this);
    }
  }

  /** Called by the {@link Flusher} at the end of the turn. */
  void flush() {
    dirty = false;
    wire.flush();
  }

  /**
   * Looks after a socket that is behind: true when it has just drained and must be told where its
   * rooms stand.
   */
  boolean drained(long nowNanos) {
    if (!behind || closed) {
      return false;
    }
    if (wire.pendingBytes() < DRAINED_BYTES) {
      behind = false;
      return true;
    }
    if (nowNanos - behindSinceNanos > DRAIN_NANOS) {
      cut();
    }
    return false;
  }

  boolean isBehind() {
    return behind;
  }

  boolean isClosed() {
    return closed || !wire.isOpen();
  }

  /** Nothing more goes out, whatever still arrives to be sent. */
  void close() {
    closed = true;
    wire.flush();
  }

  void cut() {
    closed = true;
    wire.cut();
  }
}

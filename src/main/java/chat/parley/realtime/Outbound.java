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
  private boolean dirty;
  private long behindSinceNanos;
  private boolean behind;
  private boolean closed;

  Outbound(Wire wire, Flusher flusher, Node node) {
    this.wire = wire;
    this.flusher = flusher;
    this.node = node;
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
    if (wire.pendingBytes() > 2 * Node.SOCKET_BYTES) {
      cut();
      return;
    }
    try (Run run = Run.of(frame)) {
      write(run);
    }
  }

  private boolean withinBudget() {
    if (wire.pendingBytes() <= node.socketBudget()) {
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

  /** Sends something that does not last, unless there is a backlog: it is the first to go. */
  void offerPassing(Run run) {
    if (!closed && !behind && wire.pendingBytes() < DRAINED_BYTES) {
      write(run);
    }
  }

  /** Whether a socket that was behind has just drained, and must be told where its rooms stand. */
  boolean drained() {
    if (behind && !closed && wire.pendingBytes() < DRAINED_BYTES) {
      behind = false;
      return true;
    }
    return false;
  }

  /** Whether the socket has been behind for too long. */
  boolean isStuck(long nowNanos) {
    return behind && !closed && nowNanos - behindSinceNanos > DRAIN_NANOS;
  }

  long pendingBytes() {
    return wire.pendingBytes();
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

package chat.parley.realtime;

/** How bytes reach one socket. Everything here runs on the socket's own event loop. */
interface Wire {
  /** Hands frames over without flushing; a closed socket drops them. */
  void write(Run run);

  void flush();

  /** Bytes that the kernel has not taken yet. */
  long pendingBytes();

  /**
   * Runs a task after the loop has looked for what its sockets have received; false when that
   * cannot be asked for, and nothing is run.
   */
  default boolean afterReading(Runnable task) {
    return false;
  }

  boolean isOpen();

  /**
   * Ends the connection at once and frees its backlog: a polite close would wait behind it forever.
   */
  void cut();
}

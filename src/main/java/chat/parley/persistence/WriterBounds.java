package chat.parley.persistence;

/**
 * What the writer may hold and how long it tries.
 *
 * @param lanes commits under way at once, each of other rooms
 * @param roomRows rows of one room in a batch: nobody waits longer than that for a room's lock
 */
record WriterBounds(
    int lanes,
    int batchRows,
    int batchBytes,
    int roomRows,
    int pendingSends,
    long pendingBytes,
    long deadlineMs) {
  static final WriterBounds DEFAULT =
      new WriterBounds(2, 500, 1 << 20, 100, 20_000, 64L << 20, 5_000);
}

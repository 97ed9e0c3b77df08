package chat.parley.realtime;

import chat.parley.model.Head;
import chat.parley.model.RoomBatch;
import chat.parley.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One room as one event loop has heard it: versions in order, each once. What comes early waits for
 * what lies between; what comes again is dropped. Pure bookkeeping: {@link RoomHub} listens, reads
 * gaps and delivers.
 */
final class RoomFeed {
  /** More than this much early is not kept: the gap is read from the database instead. */
  private static final int MAX_EARLY = 1_000;

  private static final int CROWD = 100;

  final UUID roomId;
  final String address;
  final Listeners listeners = new Listeners();

  /** Registrations that are under way; while there are any, the feed stays. */
  int registering;

  /** A signal for everybody that is ahead of us; null for none. */
  Signal held;

  /** Whether a gap is being read, or about to be. */
  boolean filling;

  /**
   * {@link #delivered} when the database's last word about the room came; its next word cannot be
   * less.
   */
  long deliveredAtPoll;

  private long delivered = -1;
  private long lastSeq;
  private long typingToldAtNanos;
  private long memberChangedAt;
  private final TreeMap<Long, RoomBatch.Entry> early = new TreeMap<>();

  RoomFeed(UUID roomId, String address) {
    this.roomId = roomId;
    this.address = address;
  }

  /** Whether the first head is known; before that nothing is delivered. */
  boolean isStarted() {
    return delivered >= 0;
  }

  /** The version up to which everything has been delivered. */
  long delivered() {
    return delivered;
  }

  long lastSeq() {
    return lastSeq;
  }

  /**
   * The version of the latest change of membership that was passed: a check that is older must be
   * made again.
   */
  long memberChangedAt() {
    return memberChangedAt;
  }

  /** Whether something is held that cannot be delivered yet. */
  boolean hasGap() {
    return !early.isEmpty();
  }

  boolean isUnused() {
    return listeners.isEmpty() && registering == 0;
  }

  /** The database's head, read while the bus was already being heard. */
  List<RoomBatch.Entry> start(Head head) {
    delivered = head.version();
    lastSeq = head.lastSeq();
    return inOrder();
  }

  /** Takes what the bus brought; gives what is now in order. */
  List<RoomBatch.Entry> heard(List<RoomBatch.Entry> entries) {
    if (isStarted() && early.isEmpty() && isContiguous(entries)) {
      entries.forEach(this::pass);
      return entries;
    }
    for (RoomBatch.Entry entry : entries) {
      if (entry.version() > delivered && early.size() < MAX_EARLY) {
        early.put(entry.version(), entry);
      }
    }
    return isStarted() ? inOrder() : List.of();
  }

  private boolean isContiguous(List<RoomBatch.Entry> entries) {
    long next = delivered + 1;
    for (RoomBatch.Entry entry : entries) {
      if (entry.version() != next++) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes what the database had beyond {@link #delivered}; a version that is missing there was
   * overtaken by a later change of the same row.
   *
   * @param upTo the version up to which these rows are complete
   */
  List<RoomBatch.Entry> filled(List<RoomBatch.Entry> rows, long upTo, long headLastSeq) {
    List<RoomBatch.Entry> news = new ArrayList<>();
    for (RoomBatch.Entry row : rows) {
      if (row.version() > delivered) {
        pass(row);
        news.add(row);
      }
    }
    delivered = Math.max(delivered, upTo);
    lastSeq = Math.max(lastSeq, headLastSeq);
    early.headMap(delivered, true).clear();
    news.addAll(inOrder());
    return news;
  }

  private List<RoomBatch.Entry> inOrder() {
    early.headMap(delivered, true).clear();
    List<RoomBatch.Entry> run = new ArrayList<>();
    while (!early.isEmpty() && early.firstKey() == delivered + 1) {
      RoomBatch.Entry entry = early.pollFirstEntry().getValue();
      pass(entry);
      run.add(entry);
    }
    return run;
  }

  private void pass(RoomBatch.Entry entry) {
    delivered = entry.version();
    lastSeq = Math.max(lastSeq, entry.lastSeq());
    if (entry.memberId() != null || entry.gone()) {
      memberChangedAt = entry.version();
    }
  }

  /** In a room with more than 100 listeners typing is told once a second, whoever it is. */
  boolean mayTellTyping(long nowNanos) {
    if (listeners.size() > CROWD
        && typingToldAtNanos != 0
        && nowNanos - typingToldAtNanos < 1_000_000_000L) {
      return false;
    }
    typingToldAtNanos = nowNanos;
    return true;
  }

  /** The database went back in time (a restore): start again from where it is. */
  void rewind(Head head) {
    delivered = head.version();
    lastSeq = head.lastSeq();
    early.clear();
  }
}

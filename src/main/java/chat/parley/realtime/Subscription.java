package chat.parley.realtime;

import java.util.UUID;

/** One socket hearing one room. */
final class Subscription {
  final Session session;
  final RoomFeed feed;

  /** The first message that its person may see; 0 for all. */
  final long fromSeq;

  /** The version this socket was last told about beside the live events: by a head or a pong. */
  long told;

  /** Where this stands in the feed's list, so that it is taken out in O(1). */
  int index;

  /** The next socket of the same person in the same room, or null. */
  Subscription sameUser;

  private long typedAtNanos = Long.MIN_VALUE;

  Subscription(Session session, RoomFeed feed, long fromSeq) {
    this.session = session;
    this.feed = feed;
    this.fromSeq = fromSeq;
  }

  UUID userId() {
    return session.userId();
  }

  /** Whether typing may be passed on now: once in two seconds. */
  boolean mayType(long nowNanos) {
    if (typedAtNanos != Long.MIN_VALUE && nowNanos - typedAtNanos < 2_000_000_000L) {
      return false;
    }
    typedAtNanos = nowNanos;
    return true;
  }
}

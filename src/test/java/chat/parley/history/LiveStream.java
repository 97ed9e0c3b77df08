package chat.parley.history;

import java.util.HashMap;
import java.util.Map;

/**
 * I6: on one socket, from the head that it was told, seqs come contiguously and versions rise, each
 * once, until the socket closes or is told a head that is further on.
 */
final class LiveStream implements Rule.OfRoom {
  /** What one socket has heard of the room. */
  private static final class Stream {
    long version;
    long lastSeq;
    Fact last;
    final Map<Long, Fact> heard = new HashMap<>();

    void moveTo(long newVersion, long newLastSeq, Fact because) {
      version = newVersion;
      lastSeq = newLastSeq;
      last = because;
    }
  }

  @Override
  public String id() {
    return "I6";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, Stream> streams = new HashMap<>();
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Subscribed from) {
        Stream stream = new Stream();
        stream.moveTo(from.version(), from.lastSeq(), from);
        streams.put(from.conn(), stream);
      } else if (fact instanceof Fact.Unsubscribed end) {
        streams.remove(end.conn());
      } else if (fact instanceof Fact.Closed end) {
        streams.remove(end.conn());
      } else if (fact instanceof Fact.HeadTold head && streams.containsKey(head.conn())) {
        told(streams.get(head.conn()), head);
      } else if (fact instanceof Fact.Received event
          && event.via() == Fact.Via.LIVE
          && streams.containsKey(event.conn())) {
        message(streams.get(event.conn()), event, found);
      } else if (fact instanceof Fact.Changed event
          && event.via() == Fact.Via.LIVE
          && streams.containsKey(event.conn())) {
        rise(streams.get(event.conn()), event, event.version(), found);
      }
    }
  }

  private static void told(Stream stream, Fact.HeadTold head) {
    if (head.version() > stream.version) {
      stream.moveTo(head.version(), Math.max(stream.lastSeq, head.lastSeq()), head);
    }
  }

  private static void message(Stream stream, Fact.Received event, Found found) {
    long seq = event.message().seq();
    Fact before = stream.last;
    if (rise(stream, event, event.version(), found)) {
      if (seq > stream.lastSeq + 1) {
        found.violation(
            "seqs " + (stream.lastSeq + 1) + " to " + (seq - 1) + " were left out", before, event);
      }
      stream.lastSeq = Math.max(stream.lastSeq, seq);
    }
  }

  private static boolean rise(Stream stream, Fact event, long version, Found found) {
    Fact same = stream.heard.putIfAbsent(version, event);
    if (version > stream.version) {
      stream.version = version;
      stream.last = event;
      return true;
    }
    if (same == null) {
      found.violation("version " + version + " came after a later one", stream.last, event);
    } else {
      found.violation("version " + version + " was repeated", same, event);
    }
    return false;
  }
}

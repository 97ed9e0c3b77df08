package chat.parley.history;

import java.util.HashMap;
import java.util.Map;

/**
 * I6: on one socket, from the head that it was told, versions come contiguously and each once,
 * until the socket closes or is told a head that is further on. Left out may be only what was
 * overtaken: whoever fills a gap reads what is there by then.
 */
final class LiveStream implements Rule.OfRoom {
  /** What one socket has heard of the room. */
  private static final class Stream {
    long version;
    Fact last;
    final Map<Long, Fact> heard = new HashMap<>();

    void moveTo(long newVersion, Fact because) {
      version = newVersion;
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
    Map<Long, Long> revisedAt = revisedAt(room);
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Subscribed from) {
        Stream stream = new Stream();
        stream.moveTo(from.version(), from);
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
        hear(room, streams.get(event.conn()), event, event.version(), revisedAt, found);
      } else if (fact instanceof Fact.Changed event
          && event.via() == Fact.Via.LIVE
          && streams.containsKey(event.conn())) {
        hear(room, streams.get(event.conn()), event, event.version(), revisedAt, found);
      }
    }
  }

  /** When each message was first asked to say something else. */
  private static Map<Long, Long> revisedAt(Facts room) {
    Map<Long, Long> revisedAt = new HashMap<>();
    for (Fact.ReviseInvoke invoke : room.of(Fact.ReviseInvoke.class)) {
      revisedAt.putIfAbsent(invoke.seq(), invoke.at());
    }
    return revisedAt;
  }

  private static void told(Stream stream, Fact.HeadTold head) {
    if (head.version() > stream.version) {
      stream.moveTo(head.version(), head);
    }
  }

  private static void hear(
      Facts room, Stream stream, Fact event, long version, Map<Long, Long> revisedAt, Found found) {
    Fact same = stream.heard.putIfAbsent(version, event);
    if (version > stream.version) {
      for (var missing : room.versions().between(stream.version, version).entrySet()) {
        String what = missing.getValue();
        boolean overtaken =
            room.versions().newest(what) >= version
                && (Versions.seq(what) == 0
                    || revisedAt.getOrDefault(Versions.seq(what), Long.MAX_VALUE) < event.at());
        if (!overtaken) {
          found.violation(
              "version " + missing.getKey() + ", " + what + ", was left out", stream.last, event);
          break;
        }
      }
      stream.moveTo(version, event);
    } else if (same == null) {
      found.violation("version " + version + " came after a later one", stream.last, event);
    } else {
      found.violation("version " + version + " was repeated", same, event);
    }
  }
}

package chat.parley.history;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What anybody was ever told of the versions of a room: which of them is what, and which of them
 * are one message. A version that nobody saw is not known.
 */
final class Versions {
  private static final String MESSAGE = "seq ";

  /** What each version is; the same thing changed is the same words. */
  private final TreeMap<Long, String> things = new TreeMap<>();

  private final Map<String, Long> newest = new HashMap<>();
  private final TreeMap<Long, Long> seqs = new TreeMap<>();
  private final Map<Long, TreeSet<Long>> bySeq = new HashMap<>();
  private final TreeMap<Long, Long> firsts = new TreeMap<>();

  Versions(Facts room) {
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.SendOk ok) {
        message(ok.seq(), ok.version());
      } else if (fact instanceof Fact.ReviseOk ok) {
        message(room.revision(ok.id()).seq(), ok.version());
      } else if (fact instanceof Fact.Received seen) {
        message(seen.message().seq(), seen.version());
      } else if (fact instanceof Fact.Scanned scan) {
        scan.messages().forEach(message -> message(message.seq(), message.version()));
      } else if (fact instanceof Fact.Changed seen) {
        changed(seen);
      } else if (fact instanceof Fact.Added added) {
        thing("member " + added.whom(), added.version());
      } else if (fact instanceof Fact.Removed removed) {
        thing("member " + removed.whom(), removed.version());
      }
    }
    bySeq.forEach((seq, versions) -> firsts.put(seq, versions.first()));
  }

  private void message(long seq, long version) {
    seqs.putIfAbsent(version, seq);
    bySeq.computeIfAbsent(seq, each -> new TreeSet<>()).add(version);
    thing(MESSAGE + seq, version);
  }

  private void changed(Fact.Changed seen) {
    switch (seen.kind()) {
      case "member" -> thing("member " + seen.whom(), seen.version());
      case "room" -> thing("the room", seen.version());
      case "line" -> thing("line " + seen.version(), seen.version());
      default -> {
        // Others were told more of it.
      }
    }
  }

  private void thing(String what, long version) {
    things.putIfAbsent(version, what);
    newest.merge(what, version, Math::max);
  }

  /** What is known to lie between two versions. */
  NavigableMap<Long, String> between(long after, long before) {
    return things.subMap(after, false, Math.max(after, before), false);
  }

  /** The newest version of a thing. */
  long newest(String what) {
    return newest.get(what);
  }

  /** The message that is called so; 0 for other things. */
  static long seq(String what) {
    return what.startsWith(MESSAGE) ? Long.parseLong(what.substring(MESSAGE.length())) : 0;
  }

  /** Each version that is a message, in order. */
  NavigableMap<Long, Long> seqs() {
    return seqs;
  }

  /** The version of a message in the room as it was at {@code version}; 0 for none. */
  long of(long seq, long version) {
    TreeSet<Long> known = bySeq.get(seq);
    Long then = known == null ? null : known.floor(version);
    return then == null ? 0 : then;
  }

  /**
   * The version at which a message was said: what is revised has been acknowledged before, and what
   * is not has one version only.
   */
  long first(long seq) {
    return firsts.getOrDefault(seq, Long.MAX_VALUE);
  }
}

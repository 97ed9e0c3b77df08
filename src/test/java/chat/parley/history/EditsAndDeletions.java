package chat.parley.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * I12: a version is one message saying one thing, for everybody. Whoever asks finds no message at
 * an older version than they saw it at or its author was told before, on whatever path and node;
 * and what was deleted says nothing at any later version.
 */
final class EditsAndDeletions implements Rule.OfRoom {
  /** What a message said at a version, by one fact. */
  private record Sight(long seq, long version, String hash, Fact fact) {}

  /** The newest versions somebody was told, by time. */
  private static final class Known {
    private final Map<Long, TreeMap<Long, Sight>> bySeq = new HashMap<>();

    void add(Sight sight, long at) {
      TreeMap<Long, Sight> sights = bySeq.computeIfAbsent(sight.seq, seq -> new TreeMap<>());
      if (sights.isEmpty() || sights.lastEntry().getValue().version < sight.version) {
        sights.put(at, sight);
      }
    }

    Sight before(long seq, long at) {
      TreeMap<Long, Sight> sights = bySeq.get(seq);
      var known = sights == null ? null : sights.floorEntry(at);
      return known == null ? null : known.getValue();
    }
  }

  @Override
  public String id() {
    return "I12";
  }

  @Override
  public void judge(Facts room, Found found) {
    new Pass(room, found).run();
  }

  /** One reading of a room's history, in the order of time. */
  private static final class Pass {
    private final Facts room;
    private final Found found;
    private final Map<Long, Sight> byVersion = new HashMap<>();

    /** The first version of each at which it says nothing any more. */
    private final Map<Long, Sight> tombs = new HashMap<>();

    /** The last version of each at which it says something. */
    private final Map<Long, Sight> words = new HashMap<>();

    private final Known acknowledged = new Known();
    private final Map<String, Known> seen = new HashMap<>();

    Pass(Facts room, Found found) {
      this.room = room;
      this.found = found;
    }

    void run() {
      for (Fact fact : room.all()) {
        if (fact instanceof Fact.ReviseOk ok) {
          Fact.ReviseInvoke wish = room.revision(ok.id());
          Sight sight = new Sight(wish.seq(), ok.version(), wish.hash(), ok);
          look(sight, wish.who(), wish.at(), true);
          acknowledged.add(sight, ok.at());
        } else if (fact instanceof Fact.Received it) {
          Fact.Message message = it.message();
          Sight sight = new Sight(message.seq(), it.version(), message.hash(), it);
          look(sight, it.who(), it.askedAt(), it.via() != Fact.Via.LIVE);
          seen.computeIfAbsent(it.who(), who -> new Known()).add(sight, it.at());
        } else if (fact instanceof Fact.Scanned scan) {
          for (Fact.Message message : scan.messages()) {
            Sight sight = new Sight(message.seq(), message.version(), message.hash(), scan);
            look(sight, "", scan.at(), true);
          }
        }
      }
      tombs.forEach(this::rest);
    }

    private void look(Sight sight, String who, long askedAt, boolean asked) {
      Sight same = byVersion.putIfAbsent(sight.version, sight);
      if (same != null && !saysTheSame(same, sight)) {
        found.violation(
            "version %d is seq %d with %s, and seq %d with %s"
                .formatted(sight.version, same.seq, same.hash, sight.seq, sight.hash),
            same.fact,
            sight.fact);
      } else if (same == null && sight.hash == null) {
        tombs.merge(sight.seq, sight, (one, other) -> one.version <= other.version ? one : other);
      } else if (same == null) {
        words.merge(sight.seq, sight, (one, other) -> one.version >= other.version ? one : other);
      }
      if (asked) {
        notOlder(sight, acknowledged.before(sight.seq, askedAt));
        Known known = seen.get(who);
        notOlder(sight, known == null ? null : known.before(sight.seq, askedAt));
      }
    }

    private static boolean saysTheSame(Sight one, Sight other) {
      return one.seq == other.seq
          && (one.hash == null ? other.hash == null : one.hash.equals(other.hash));
    }

    private void notOlder(Sight sight, Sight known) {
      if (known != null && known.version > sight.version) {
        found.violation(
            "seq %d was at version %d, and then somebody who asked found it at %d"
                .formatted(sight.seq, known.version, sight.version),
            known.fact,
            sight.fact);
      }
    }

    private void rest(long seq, Sight tomb) {
      Sight last = words.get(seq);
      if (last != null && last.version > tomb.version) {
        found.violation(
            "seq %d was deleted by version %d and has words at %d"
                .formatted(seq, tomb.version, last.version),
            tomb.fact,
            last.fact);
      }
    }
  }
}

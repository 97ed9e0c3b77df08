package chat.parley.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * I9: whoever has seen a seq, or was told it for a message of their own, finds it in every read
 * that they begin afterwards, on whatever node.
 */
final class MonotonicReads implements Rule.OfRoom {
  private record Sight(long seq, Fact fact) {}

  /** The highest seq each person knew, by time. */
  private final class Sights {
    private final Map<String, TreeMap<Long, Sight>> byPerson = new HashMap<>();

    void add(String who, long seq, Fact fact) {
      TreeMap<Long, Sight> sights = byPerson.computeIfAbsent(who, person -> new TreeMap<>());
      if (sights.isEmpty() || sights.lastEntry().getValue().seq < seq) {
        sights.put(fact.at(), new Sight(seq, fact));
      }
    }

    void check(String who, long invokedAt, long seq, Fact read, Found found) {
      var known = byPerson.getOrDefault(who, new TreeMap<>()).floorEntry(invokedAt);
      if (known != null && known.getValue().seq > seq) {
        found.violation(
            who + " knew seq " + known.getValue().seq + " and then read a room that ends at " + seq,
            known.getValue().fact,
            read);
      }
    }
  }

  @Override
  public String id() {
    return "I9";
  }

  @Override
  public void judge(Facts room, Found found) {
    Sights sights = new Sights();
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Received seen) {
        sights.add(seen.who(), seen.message().seq(), seen);
      } else if (fact instanceof Fact.SendOk told) {
        sights.add(room.invoke(told.id()).who(), told.seq(), told);
      } else if (fact instanceof Fact.HeadRead read) {
        sights.add(read.who(), read.lastSeq(), read);
      }
    }
    room.of(Fact.HeadRead.class)
        .forEach(read -> sights.check(read.who(), read.invokedAt(), read.lastSeq(), read, found));
    room.of(Fact.Resumed.class)
        .forEach(read -> sights.check(read.who(), read.invokedAt(), read.lastSeq(), read, found));
  }
}

package chat.parley.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** I13: a read mark never goes back, and at rest unread is what lies above it and is theirs. */
final class Counters implements Rule.OfRoom {
  @Override
  public String id() {
    return "I13";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, TreeMap<Long, Fact.ReadMarked>> highest = new HashMap<>();
    for (Fact.ReadMarked mark : room.of(Fact.ReadMarked.class)) {
      var marks = highest.computeIfAbsent(mark.who(), who -> new TreeMap<>());
      var before = marks.floorEntry(mark.invokedAt());
      if (before != null && before.getValue().readSeq() > mark.readSeq()) {
        found.violation("a read mark went back", before.getValue(), mark);
      } else if (mark.readSeq() < mark.asked()) {
        found.violation("a read mark was acknowledged and not set", mark);
      }
      if (marks.isEmpty() || marks.lastEntry().getValue().readSeq() < mark.readSeq()) {
        marks.put(mark.at(), mark);
      }
    }
    for (Fact.PlaceAtRest place : room.of(Fact.PlaceAtRest.class)) {
      rest(room, place, highest.get(place.who()), found);
    }
  }

  private static void rest(
      Facts room, Fact.PlaceAtRest place, TreeMap<Long, Fact.ReadMarked> marks, Found found) {
    long before = room.admissions().before(place.who());
    long unread =
        room.scanned().stream()
            .filter(message -> message.seq() > place.readSeq())
            .filter(message -> room.versions().first(message.seq()) > before)
            .count();
    if (place.unread() != unread) {
      found.violation(unread + " messages lie above the mark", place);
    }
    if (marks != null && marks.lastEntry().getValue().readSeq() > place.readSeq()) {
      found.violation("at rest a read mark is lower", marks.lastEntry().getValue(), place);
    }
  }
}

package chat.parley.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * I10: nothing of what came after a removal reaches the removed, on any path, until they are added
 * again.
 */
final class Removal implements Rule.OfRoom {
  private static final long SIGNAL_NANOS = 1_000_000_000L;

  /** The time between a removal and the next addition. */
  private static final class Absence {
    final Fact.Removed from;
    long addingAt = Long.MAX_VALUE;

    Absence(Fact.Removed from) {
      this.from = from;
    }
  }

  @Override
  public String id() {
    return "I10";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, TreeMap<Long, Absence>> absences = absences(room);
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Received seen) {
        row(absences.get(seen.who()), seen, seen.version(), found);
      } else if (fact instanceof Fact.Changed seen) {
        row(absences.get(seen.who()), seen, seen.version(), found);
      } else if (fact instanceof Fact.TypingHeard heard) {
        signal(absences.get(heard.who()), heard, found);
      } else if (fact instanceof Fact.PresenceHeard heard) {
        signal(absences.get(heard.who()), heard, found);
      }
    }
  }

  private static Map<String, TreeMap<Long, Absence>> absences(Facts room) {
    Map<String, TreeMap<Long, Absence>> absences = new HashMap<>();
    Map<String, Absence> open = new HashMap<>();
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Removed removed) {
        Absence absence = new Absence(removed);
        open.put(removed.whom(), absence);
        absences
            .computeIfAbsent(removed.whom(), whom -> new TreeMap<>())
            .put(removed.version(), absence);
      } else if (fact instanceof Fact.Adding adding && open.containsKey(adding.whom())) {
        Absence absence = open.get(adding.whom());
        absence.addingAt = Math.min(absence.addingAt, adding.at());
      } else if (fact instanceof Fact.Added added && open.containsKey(added.whom())) {
        open.remove(added.whom());
      }
    }
    return absences;
  }

  private static void row(TreeMap<Long, Absence> theirs, Fact seen, long version, Found found) {
    var entry = theirs == null ? null : theirs.lowerEntry(version);
    if (entry != null) {
      Absence absence = entry.getValue();
      if (seen.at() < absence.addingAt) {
        found.violation(
            "version %d reached somebody who was removed by version %d"
                .formatted(version, absence.from.version()),
            absence.from,
            seen);
      }
    }
  }

  private static void signal(TreeMap<Long, Absence> theirs, Fact heard, Found found) {
    if (theirs == null) {
      return;
    }
    for (Absence absence : theirs.values()) {
      if (heard.at() > absence.from.at() + SIGNAL_NANOS && heard.at() < absence.addingAt) {
        found.violation("somebody who was removed hears who is there", absence.from, heard);
      }
    }
  }
}

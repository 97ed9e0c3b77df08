package chat.parley.history;

import java.util.HashMap;
import java.util.Map;

/**
 * I8: a device that has caught up holds every message up to there as it was then, live, by sync or
 * by a page, unless it is not its person's to see: nothing falls into the seams between them.
 */
final class Seam implements Rule.OfRoom {
  @Override
  public String id() {
    return "I8";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, Map<Long, Long>> held = new HashMap<>();
    for (Fact.Received received : room.of(Fact.Received.class)) {
      if (received.via() != Fact.Via.ANSWER) {
        held.computeIfAbsent(Facts.device(received.conn()), device -> new HashMap<>())
            .merge(received.message().seq(), received.version(), Math::max);
      }
    }
    for (Fact.CaughtUp caughtUp : room.of(Fact.CaughtUp.class)) {
      judge(room, caughtUp, held.getOrDefault(caughtUp.device(), Map.of()), found);
    }
  }

  private static void judge(Facts room, Fact.CaughtUp caughtUp, Map<Long, Long> held, Found found) {
    Versions versions = room.versions();
    long before = room.admissions().before(caughtUp.who(), caughtUp.version());
    for (long seq = 1; seq <= caughtUp.lastSeq(); seq++) {
      long version = held.getOrDefault(seq, 0L);
      if (versions.first(seq) <= before) {
        continue;
      }
      if (version == 0) {
        found.violation(caughtUp.device() + " has caught up and never saw seq " + seq, caughtUp);
        return;
      }
      long newest = versions.of(seq, caughtUp.version());
      if (version < newest) {
        found.violation(
            "%s has caught up and holds seq %d at version %d instead of %d"
                .formatted(caughtUp.device(), seq, version, newest),
            caughtUp);
        return;
      }
    }
  }
}

package chat.parley.history;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * I8: a device that has caught up has seen every seq up to there, live, by sync or by a page:
 * nothing falls into the seams between them.
 */
final class Seam implements Rule.OfRoom {
  @Override
  public String id() {
    return "I8";
  }

  @Override
  public void judge(Facts room, Found found) {
    Map<String, BitSet> seen = new HashMap<>();
    for (Fact.Received received : room.of(Fact.Received.class)) {
      seen.computeIfAbsent(Facts.device(received.conn()), device -> new BitSet())
          .set((int) received.message().seq());
    }
    for (Fact.CaughtUp caughtUp : room.of(Fact.CaughtUp.class)) {
      int missing = seen.getOrDefault(caughtUp.device(), new BitSet()).nextClearBit(1);
      if (missing <= caughtUp.lastSeq()) {
        found.violation(
            caughtUp.device() + " has caught up and never saw seq " + missing, caughtUp);
      }
    }
  }
}

package chat.parley.history;

import java.util.Arrays;
import java.util.List;

/** I7: a sync from {@code since} brings exactly what lies between that and the head it tells. */
final class WholeResume implements Rule.OfRoom {
  @Override
  public String id() {
    return "I7";
  }

  @Override
  public void judge(Facts room, Found found) {
    long[] stored = room.scanned().stream().mapToLong(Fact.Message::version).toArray();
    if (stored.length == 0) {
      return;
    }
    for (Fact.Resumed resumed : room.of(Fact.Resumed.class)) {
      int from = after(stored, resumed.since());
      int to = Math.max(from, after(stored, resumed.version()));
      List<Long> expected = Arrays.stream(stored, from, to).boxed().toList();
      if (!expected.equals(resumed.versions())) {
        found.violation(
            "from version %d to %d lie %d messages, and a sync brought %d"
                .formatted(
                    resumed.since(), resumed.version(), to - from, resumed.versions().size()),
            resumed);
      }
    }
  }

  /** How many are not above {@code version}. */
  private static int after(long[] versions, long version) {
    int at = Arrays.binarySearch(versions, version);
    return at >= 0 ? at + 1 : -at - 1;
  }
}

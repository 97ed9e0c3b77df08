package chat.parley.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who was added when, in a room that shows nobody what was said before they came; in another it
 * does not matter, and nothing is known here.
 */
final class Admissions {
  private final Map<String, TreeMap<Long, Fact.Added>> byVersion = new HashMap<>();
  private final Map<String, TreeMap<Long, Fact.Added>> byTime = new HashMap<>();

  /** By the version of the removal before it. */
  private final Map<String, TreeMap<Long, Fact.Added>> byRemoval = new HashMap<>();

  Admissions(Facts room) {
    boolean guarded = false;
    Map<String, Long> removals = new HashMap<>();
    for (Fact fact : room.all()) {
      if (fact instanceof Fact.Guarded) {
        guarded = true;
      } else if (fact instanceof Fact.Removed removed) {
        removals.put(removed.whom(), removed.version());
      } else if (guarded && fact instanceof Fact.Added added) {
        note(byVersion, added, added.version());
        note(byTime, added, added.at());
        note(byRemoval, added, removals.getOrDefault(added.whom(), 0L));
      }
    }
  }

  private static void note(Map<String, TreeMap<Long, Fact.Added>> map, Fact.Added added, long key) {
    map.computeIfAbsent(added.whom(), whom -> new TreeMap<>()).put(key, added);
  }

  /** What was said up to this version is not theirs in the room as it was at {@code version}. */
  long before(String who, long version) {
    Fact.Added added = floor(byVersion, who, version);
    return added == null ? 0 : added.version();
  }

  /** The same at the end. */
  long before(String who) {
    return before(who, Long.MAX_VALUE);
  }

  /** The last addition that was answered before then; null for none. */
  Fact.Added answered(String who, long at) {
    return floor(byTime, who, at);
  }

  /** The addition of somebody whose stay before it had ended when this became so. */
  Fact.Added since(String who, long version) {
    return floor(byRemoval, who, version - 1);
  }

  private static Fact.Added floor(
      Map<String, TreeMap<Long, Fact.Added>> map, String who, long key) {
    TreeMap<Long, Fact.Added> theirs = map.get(who);
    var entry = theirs == null ? null : theirs.floorEntry(key);
    return entry == null ? null : entry.getValue();
  }
}

package chat.parley.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * I7: a page of a sync brings exactly what lies between its bounds in the room as it was at the
 * head that it tells: each message at its newest version of then, unless it is not the reader's to
 * see.
 */
final class WholeResume implements Rule.OfRoom {
  @Override
  public String id() {
    return "I7";
  }

  /**
   * The room is played from version to version, and looked at for each page at its head: O(n log n)
   * and what they bring.
   */
  @Override
  public void judge(Facts room, Found found) {
    List<Fact.Resumed> pages = new ArrayList<>(room.of(Fact.Resumed.class));
    pages.sort(Comparator.comparingLong(Fact.Resumed::version));
    Set<Long> unsure = unsure(room);
    Iterator<Map.Entry<Long, Long>> coming = room.versions().seqs().entrySet().iterator();
    Map.Entry<Long, Long> next = coming.hasNext() ? coming.next() : null;
    Map<Long, Long> present = new HashMap<>();
    NavigableSet<Long> versions = new TreeSet<>();
    for (Fact.Resumed page : pages) {
      while (next != null && next.getKey() <= page.version()) {
        Long overtaken = present.put(next.getValue(), next.getKey());
        if (overtaken != null) {
          versions.remove(overtaken);
        }
        versions.add(next.getKey());
        next = coming.hasNext() ? coming.next() : null;
      }
      judge(room, page, versions, unsure, found);
    }
  }

  private static void judge(
      Facts room, Fact.Resumed page, NavigableSet<Long> versions, Set<Long> unsure, Found found) {
    long until = Math.max(page.since(), Math.min(page.until(), page.version()));
    long before = room.admissions().before(page.who(), page.version());
    List<Long> expected = new ArrayList<>();
    for (long version : versions.subSet(page.since(), false, until, true)) {
      long seq = room.versions().seqs().get(version);
      boolean maybe = page.until() < page.version() && unsure.contains(seq);
      if (room.versions().first(seq) > before && (!maybe || page.versions().contains(version))) {
        expected.add(version);
      }
    }
    if (!expected.equals(page.versions())) {
      found.violation(
          "from version %d to %d, at %d, lie %d messages, and a sync brought %d%s"
              .formatted(
                  page.since(),
                  page.until(),
                  page.version(),
                  expected.size(),
                  page.versions().size(),
                  difference(expected, page.versions())),
          page);
    }
  }

  private static String difference(List<Long> expected, List<Long> brought) {
    List<Long> missing = new ArrayList<>(expected);
    missing.removeAll(new HashSet<>(brought));
    List<Long> extra = new ArrayList<>(brought);
    extra.removeAll(new HashSet<>(expected));
    return "; it left out " + missing + " and should not have brought " + extra;
  }

  /**
   * Messages of which there may be a version that nobody saw: it lay behind the end of a page that
   * is not the last, and was overtaken before the next.
   */
  private static Set<Long> unsure(Facts room) {
    Set<Long> unsure = new HashSet<>();
    for (Fact.ReviseUnknown unknown : room.of(Fact.ReviseUnknown.class)) {
      unsure.add(room.revision(unknown.id()).seq());
    }
    return unsure;
  }
}

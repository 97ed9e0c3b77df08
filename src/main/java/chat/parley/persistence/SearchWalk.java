package chat.parley.persistence;

import chat.parley.model.Carried;
import chat.parley.model.FoldedText;
import chat.parley.model.Grams;
import chat.parley.model.Message;
import chat.parley.model.Page;
import chat.parley.model.Search;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One search on its way from the newest message to older ones. Each room is known down to a floor
 * of its own; what lies above the highest of these floors can be answered, as nothing newer can
 * turn up any more.
 */
final class SearchWalk {
  private static final int NEWEST_IN_ALL = 5_000;
  private static final int NOT_INDEXED_IN_ALL = 2_000;
  private static final int STRETCHES_A_ROUND = 512;
  private static final int CANDIDATES_A_ROUND = 1_000;
  private static final int READ_AT_ONCE = 200;
  private static final int MOST_READ = 2_000;
  private static final int MOST_ROUNDS = 10;
  private static final int MOST_HIGHLIGHTS = 100;

  /** A room that is being gone through. */
  static final class Spot {
    final int ord;
    final SearchRooms.Place place;
    long low;

    /** What is left is older than this. */
    TimeCursor below;

    /** The stretches of the next round, of 4,096 messages each. */
    long top;

    long last;

    /** All of this and above is known. */
    long edge;

    Spot(int ord, SearchRooms.Place place, long low, TimeCursor below) {
      this.ord = ord;
      this.place = place;
      this.low = low;
      this.below = below;
    }
  }

  final Search.Find q;
  final Integer[] grams;
  final OffsetDateTime after;
  private final SearchStore store;
  private final SearchRooms.Scope scope;
  private final List<Spot> open = new ArrayList<>();
  private final TreeSet<TimeCursor> candidates = new TreeSet<>(Comparator.reverseOrder());
  private final Set<TimeCursor> seen = new HashSet<>();
  private final List<TimeCursor> places = new ArrayList<>();
  private final List<Search.Hit> hits = new ArrayList<>();
  private int rounds;
  private int read;

  SearchWalk(SearchStore store, Search.Find q, SearchRooms.Scope scope, TimeCursor before) {
    this.store = store;
    this.q = q;
    this.scope = scope;
    int[] wanted = Grams.wanted(q.query().words(), scope.sender(), q.query().has());
    this.grams = java.util.Arrays.stream(wanted).boxed().toArray(Integer[]::new);
    LocalDate first = q.query().after();
    this.after =
        (first == null ? Instant.EPOCH : start(first, scope.zone())).atOffset(ZoneOffset.UTC);
    LocalDate end = q.query().before();
    TimeCursor too = end == null ? TimeCursor.END : new TimeCursor(start(end, scope.zone()), 0, 0);
    TimeCursor edge = before.compareTo(too) < 0 ? before : too;
    for (int ord = 0; ord < scope.places().size(); ord++) {
      SearchRooms.Place place = scope.places().get(ord);
      TimeCursor below = new TimeCursor(edge.at(), place.key(), edge.seqIn(place.key()));
      open.add(new Spot(ord, place, place.from(), below));
    }
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  long keyOf(int ord) {
    return scope.places().get(ord).key();
  }

  Future<Page<Search.Hit, String>> page() {
    return open.isEmpty()
        ? Future.succeededFuture(new Page<>(List.of(), null))
        : notIndexed().compose(found -> newest()).compose(found -> settle());
  }

  /** What was said in the last second, or more of it while much is said. */
  private Future<Void> notIndexed() {
    List<Spot> fresh =
        open.stream()
            .filter(spot -> spot.place.last() > spot.place.indexed())
            .map(
                spot ->
                    new Spot(
                        spot.ord,
                        spot.place,
                        Math.max(spot.low, spot.place.indexed() + 1),
                        spot.below))
            .toList();
    return fresh.isEmpty()
        ? Future.succeededFuture()
        : store
            .notIndexed(this, fresh, share(NOT_INDEXED_IN_ALL, fresh.size(), 5, 200))
            .onSuccess(this::note)
            .mapEmpty();
  }

  private static int share(int all, int among, int least, int most) {
    return Math.max(least, Math.min(most, all / among));
  }

  private void note(Collection<SearchStore.Candidate> found) {
    found.stream()
        .filter(each -> each.hit() && !each.at().at().isBefore(after.toInstant()))
        .filter(each -> seen.add(each.at()))
        .forEach(each -> candidates.add(each.at()));
  }

  private Future<Void> newest() {
    List<Spot> spots = wanting();
    int each = share(NEWEST_IN_ALL, spots.size(), 5, rounds == 0 ? 100 : 400);
    return store
        .newest(this, spots, each)
        .compose(
            rows -> {
              note(rows);
              Map<Integer, List<SearchStore.Candidate>> byRoom = new HashMap<>();
              rows.forEach(
                  row -> byRoom.computeIfAbsent(row.ord(), ord -> new ArrayList<>()).add(row));
              List<Spot> ended = new ArrayList<>();
              for (Spot spot : spots) {
                List<SearchStore.Candidate> here = byRoom.getOrDefault(spot.ord, List.of());
                if (here.size() == each) {
                  spot.below = here.get(each - 1).at();
                  spot.top = spot.below.seq() >> 12;
                } else if (here.isEmpty() || begins(here, spot)) {
                  open.remove(spot);
                } else {
                  spot.edge = here.get(0).at().seq() >> 12 << 12;
                  ended.add(spot);
                }
              }
              return lower(ended, null);
            });
  }

  private static boolean begins(List<SearchStore.Candidate> newest, Spot spot) {
    return newest.get(0).at().seq() >> 12 << 12 <= spot.low;
  }

  /**
   * Down to what comes next below their edges.
   *
   * @param cut where the answer broke off, as there was too much; null when it did not
   */
  private Future<Void> lower(List<Spot> spots, TimeCursor cut) {
    if (spots.isEmpty()) {
      return Future.succeededFuture();
    }
    return store
        .edges(this, spots)
        .map(
            rows -> {
              Map<Integer, TimeCursor> next = new HashMap<>();
              rows.forEach(row -> next.put(row.ord(), row.at()));
              spots.forEach(spot -> lower(spot, next.get(spot.ord), cut));
              return null;
            });
  }

  private void lower(Spot spot, TimeCursor next, TimeCursor cut) {
    long key = spot.place.key();
    boolean end = next == null || next.seq() < spot.low || next.at().isBefore(after.toInstant());
    if (cut != null && (end || cut.compareTo(next) > 0)) {
      spot.below = new TimeCursor(cut.at(), key, cut.seqIn(key));
    } else if (end) {
      open.remove(spot);
    } else {
      spot.below = new TimeCursor(next.at(), key, next.seq() + 1);
      spot.top = next.seq() >> 12;
    }
  }

  /** Rooms that keep the answer from being complete. */
  private List<Spot> wanting() {
    TimeCursor last = null;
    int enough = q.limit() + 1 - hits.size();
    if (candidates.size() >= enough) {
      Iterator<TimeCursor> each = candidates.iterator();
      for (int i = 0; i < enough; i++) {
        last = each.next();
      }
    }
    TimeCursor target = last;
    List<Spot> above =
        open.stream().filter(spot -> target == null || spot.below.compareTo(target) > 0).toList();
    return above.isEmpty() ? List.copyOf(open) : above;
  }

  private Future<Void> byGrams() {
    List<Spot> spots = wanting();
    int stretches =
        Math.max(1, Math.min(1 << 2 * Math.min(rounds - 1, 4), STRETCHES_A_ROUND / spots.size()));
    for (Spot spot : spots) {
      spot.last = Math.max(spot.low >> 12, spot.top - stretches + 1);
      spot.edge = spot.last << 12;
    }
    return store
        .byGrams(this, spots, CANDIDATES_A_ROUND)
        .compose(
            rows -> {
              note(rows);
              boolean cut = rows.size() == CANDIDATES_A_ROUND;
              return lower(spots, cut ? rows.get(rows.size() - 1).at() : null);
            });
  }

  /** Reads what can be answered; goes on as long as that is too little. */
  private Future<Page<Search.Hit, String>> settle() {
    TimeCursor floor =
        open.stream().map(spot -> spot.below).max(Comparator.naturalOrder()).orElse(null);
    if (hits.size() > q.limit()) {
      return Future.succeededFuture(answer(null));
    }
    List<TimeCursor> ready = new ArrayList<>();
    int most = Math.min(READ_AT_ONCE, 2 * (q.limit() + 1 - hits.size()) + 8);
    while (!candidates.isEmpty()
        && ready.size() < most
        && (floor == null || candidates.first().compareTo(floor) >= 0)) {
      ready.add(candidates.pollFirst());
    }
    if (ready.isEmpty()) {
      return open.isEmpty() || ++rounds > MOST_ROUNDS
          ? Future.succeededFuture(answer(floor))
          : (grams.length == 0 ? newest() : byGrams()).compose(found -> settle());
    }
    return store
        .read(this, ready)
        .compose(
            found -> {
              take(found);
              read += ready.size();
              return read < MOST_READ
                  ? settle()
                  : Future.succeededFuture(answer(ready.get(ready.size() - 1)));
            });
  }

  private void take(List<SearchStore.Found> found) {
    found.stream()
        .sorted(Comparator.comparing(SearchWalk::place).reversed())
        .forEach(
            each -> {
              Search.Hit hit = hit(each.message());
              if (hit != null) {
                hits.add(hit);
                places.add(place(each));
              }
            });
  }

  private static TimeCursor place(SearchStore.Found found) {
    return new TimeCursor(found.message().sentAt(), found.roomKey(), found.message().seq());
  }

  /** Null when it is none after all. */
  private Search.Hit hit(Message message) {
    FoldedText text = FoldedText.of(message.text());
    List<FoldedText> names =
        message.attachments() == null
            ? List.of()
            : message.attachments().stream().map(each -> FoldedText.of(each.name())).toList();
    boolean says =
        q.query().words().stream()
            .allMatch(
                word ->
                    text.contains(word) || names.stream().anyMatch(name -> name.contains(word)));
    boolean fits =
        says
            && (scope.sender() == null || Objects.equals(scope.sender(), message.sender().id()))
            && Carried.by(text, message.attachments()).containsAll(q.query().has());
    return fits ? new Search.Hit(message, text.find(q.query().words(), MOST_HIGHLIGHTS)) : null;
  }

  /**
   * @param floor what is older is not known; null when there is nothing
   */
  private Page<Search.Hit, String> answer(TimeCursor floor) {
    if (hits.size() > q.limit()) {
      return new Page<>(List.copyOf(hits.subList(0, q.limit())), places.get(q.limit() - 1).write());
    }
    return new Page<>(List.copyOf(hits), floor == null ? null : floor.write());
  }
}

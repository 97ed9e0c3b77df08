package chat.parley.mutants;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * What changed code calls: the mutation of the running test, if it is its turn. Public, since the
 * calls stand in the server's own classes.
 */
public final class Mutation {
  /** Which place of the server is changed. */
  public enum Place {
    /** The events that {@code RoomHub} hands to its sockets. */
    DELIVERY,
    /** The dismissal of a member by {@code RoomHub}. */
    DISMISSAL,
    /** How far back one socket may see, where {@code RoomHub} hides what is older. */
    HIDING,
    /** A message as {@code MessageRow} reads it, for whatever path. */
    ROW,
    /** The sends of one transaction of {@code Commit}. */
    BATCH,
    /** The connection of one transaction of {@code Commit}. */
    TRANSACTION
  }

  private record Active(Place place, int every, UnaryOperator<Object> change) {}

  private static final AtomicLong TURNS = new AtomicLong();
  private static final AtomicInteger ACTED = new AtomicInteger();
  private static volatile Active active;

  private Mutation() {}

  /**
   * From now on each {@code every}th passing of a place is changed.
   *
   * @param change gives something else, or the very same when there was nothing to change
   */
  static void activate(Place place, int every, UnaryOperator<Object> change) {
    TURNS.set(0);
    ACTED.set(0);
    active = new Active(place, every, change);
  }

  static void deactivate() {
    active = null;
  }

  static int acted() {
    return ACTED.get();
  }

  /** Called from the changed code with what passes there; gives what shall go on. */
  public static Object pass(String placeName, Object passing) {
    Active now = active;
    if (now == null || now.place != Place.valueOf(placeName)) {
      return passing;
    }
    if (TURNS.incrementAndGet() % now.every != 0) {
      return passing;
    }
    Object changed = now.change.apply(passing);
    if (changed == passing) {
      // Nothing to change here: the next one then.
      TURNS.decrementAndGet();
    } else {
      ACTED.incrementAndGet();
    }
    return changed;
  }
}

package chat.parley.model;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One kind of reaction to a message. A message shows its kinds in the order in which they came.
 *
 * @param count how many people reacted so
 * @param some who, in the order in which they did, at most the first {@link #SOME}
 */
public record Reaction(String emoji, int count, List<UUID> some) {
  /** How many are named. */
  public static final int SOME = 20;

  /** How many kinds of reaction a message can have. */
  public static final int KINDS = 20;

  /** Whether there is room for one more of this kind. */
  public static boolean fits(List<Reaction> all, String emoji) {
    return all.size() < KINDS || all.stream().anyMatch(each -> each.emoji.equals(emoji));
  }

  /** All of them, with one more by somebody who had not reacted so; O(kinds). */
  public static List<Reaction> with(List<Reaction> all, String emoji, UUID who) {
    List<Reaction> more = new ArrayList<>(all.size() + 1);
    boolean isNew = true;
    for (Reaction each : all) {
      boolean same = each.emoji.equals(emoji);
      more.add(same ? each.plus(who) : each);
      isNew &= !same;
    }
    if (isNew) {
      more.add(new Reaction(emoji, 1, List.of(who)));
    }
    return more;
  }

  private Reaction plus(UUID who) {
    List<UUID> named = new ArrayList<>(some);
    if (named.size() < SOME) {
      named.add(who);
    }
    return new Reaction(emoji, count + 1, named);
  }

  /** All of them, with one less of a kind, of which {@code some} are the first now; O(kinds). */
  public static List<Reaction> without(List<Reaction> all, String emoji, List<UUID> some) {
    List<Reaction> less = new ArrayList<>(all.size());
    for (Reaction each : all) {
      if (!each.emoji.equals(emoji)) {
        less.add(each);
      } else if (each.count > 1) {
        less.add(new Reaction(emoji, each.count - 1, some));
      }
    }
    return less;
  }
}

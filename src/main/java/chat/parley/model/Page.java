package chat.parley.model;

import java.util.List;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page; null at the end
 */
public record Page<T, C>(List<T> items, C next) {
  /** Cuts a list that was read with one row too many. */
  public static <T, C> Page<T, C> of(
      List<T> oneTooMany, int limit, java.util.function.Function<T, C> cursor) {
    if (oneTooMany.size() <= limit) {
      return new Page<>(oneTooMany, null);
    }
    List<T> items = oneTooMany.subList(0, limit);
    return new Page<>(items, cursor.apply(items.get(limit - 1)));
  }
}

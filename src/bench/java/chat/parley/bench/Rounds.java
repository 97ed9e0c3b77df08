package chat.parley.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Alternating windows: in each round every variant has its turn, forwards in one round and
 * backwards in the next, so that neither a drift of the machine nor the order favours any.
 */
public final class Rounds {
  private Rounds() {}

  /** What each variant's windows gave, by variant, in the order of the rounds. */
  public static <V, W> Map<V, List<W>> alternate(
      int rounds, List<V> variants, Function<V, W> window) {
    Map<V, List<W>> results = new LinkedHashMap<>();
    variants.forEach(variant -> results.put(variant, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      List<V> order = new ArrayList<>(variants);
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      order.forEach(variant -> results.get(variant).add(window.apply(variant)));
    }
    return results;
  }
}

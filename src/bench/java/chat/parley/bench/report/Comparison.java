package chat.parley.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Two figures of the same rounds: the ratio is taken within each round, so that what slows the
 * machine for a while slows both.
 *
 * @param goal may be null
 */
public record Comparison(Figure of, Figure to, Goal goal) {
  public Estimate ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(of.windows().size(), to.windows().size()); i++) {
      ratios.add(of.windows().get(i) / to.windows().get(i));
    }
    return Estimate.of(ratios);
  }
}

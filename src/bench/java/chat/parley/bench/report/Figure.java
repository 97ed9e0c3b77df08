package chat.parley.bench.report;

import java.util.List;

/**
 * One metric of one variant, a value a window, in the order of the rounds.
 *
 * @param scenario such as {@code P1 N=1000}
 */
public record Figure(
    String scenario, String variant, String metric, String unit, List<Double> windows) {
  public Estimate estimate() {
    return Estimate.of(windows);
  }
}

package chat.parley.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A median with its 95 % interval, by bootstrap over the windows: the windows are drawn anew, with
 * replacement, ten thousand times, and the interval holds the middle 95 % of the medians. Always
 * from the same seed, so that the same windows give the same interval.
 */
public record Estimate(double median, double low, double high) {
  private static final int DRAWS = 10_000;

  public static Estimate of(List<Double> windows) {
    double[] values = windows.stream().mapToDouble(Double::doubleValue).toArray();
    Random random = new Random(1);
    double[] medians = new double[DRAWS];
    double[] drawn = new double[values.length];
    for (int i = 0; i < DRAWS; i++) {
      for (int j = 0; j < drawn.length; j++) {
        drawn[j] = values[random.nextInt(values.length)];
      }
      medians[i] = median(drawn);
    }
    Arrays.sort(medians);
    return new Estimate(median(values), medians[DRAWS / 40], medians[DRAWS - 1 - DRAWS / 40]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}

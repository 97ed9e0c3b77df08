package chat.parley.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Two questions asked in turns, so that a slow moment of the machine slows both, and the medians of
 * how long their answers took, in milliseconds.
 */
final class Twins {
  private final List<Double> one = new ArrayList<>();
  private final List<Double> other = new ArrayList<>();

  /**
   * Asks {@code least} times, and then until the medians differ by no more than {@code enough},
   * which what differs by its work never does; ten times as often at most.
   */
  static Twins ask(int least, double enough, DoubleSupplier one, DoubleSupplier other) {
    Twins twins = new Twins();
    for (int i = 0; i < least || i < 10 * least && twins.apart() > enough; i++) {
      twins.one.add(one.getAsDouble());
      twins.other.add(other.getAsDouble());
    }
    return twins;
  }

  double apart() {
    return Math.abs(median(one) - median(other));
  }

  @Override
  public String toString() {
    return "medians of %d answers: %.2f ms and %.2f ms"
        .formatted(one.size(), median(one), median(other));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }
}

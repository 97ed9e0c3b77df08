package chat.parley.bench.report;

/**
 * What a value should be.
 *
 * @param least whether it is a lower bound
 */
public record Goal(boolean least, double bound) {
  public static Goal atLeast(double bound) {
    return new Goal(true, bound);
  }

  public static Goal atMost(double bound) {
    return new Goal(false, bound);
  }

  public boolean met(double value) {
    return least ? value >= bound : value <= bound;
  }

  @Override
  public String toString() {
    return (least ? "≥ " : "≤ ") + Words.number(bound);
  }
}

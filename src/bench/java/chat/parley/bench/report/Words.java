package chat.parley.bench.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Words {
  private Words() {}

  /** Three significant digits at least, thousands apart. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  static String range(Estimate estimate) {
    return "[" + number(estimate.low()) + " .. " + number(estimate.high()) + "]";
  }

  static String with(Estimate estimate) {
    return number(estimate.median()) + " " + range(estimate);
  }
}

package chat.parley.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * The comparisons as pairs of bars, Parley above its baseline, each pair on a scale of its own,
 * with whiskers for the intervals.
 */
final class Chart {
  private static final int ROW = 58;
  private static final int LEFT = 330;
  private static final int WIDTH = 420;
  private static final int TOTAL = 1_060;

  private final List<Comparison> comparisons;

  Chart(List<Comparison> comparisons) {
    this.comparisons = comparisons;
  }

  String text() {
    int height = 60 + ROW * comparisons.size();
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\">%n",
            TOTAL, height));
    svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", TOTAL, height));
    svg.append(
        label(10, 24, "start", "Parley (blue) and its baselines (grey); whiskers: 95 %", "#111"));
    for (int i = 0; i < comparisons.size(); i++) {
      pair(svg, 44 + i * ROW, comparisons.get(i));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void pair(StringBuilder svg, int top, Comparison each) {
    double most = Math.max(each.of().estimate().high(), each.to().estimate().high());
    svg.append(label(10, top + 15, "start", each.of().scenario(), "#111"));
    svg.append(label(10, top + 33, "start", each.of().metric() + ", " + each.of().unit(), "#555"));
    bar(svg, top + 4, each.of(), most, "#7fb5e6");
    bar(svg, top + 24, each.to(), most, "#cbd5e0");
    String ratio = "ratio " + Words.with(each.ratio());
    svg.append(label(TOTAL - 10, top + 15, "end", ratio, "#111"));
    if (each.goal() != null) {
      boolean met = each.goal().met(each.ratio().median());
      svg.append(
          label(
              TOTAL - 10,
              top + 33,
              "end",
              "goal " + each.goal() + (met ? ", met" : ", missed"),
              met ? "#2f855a" : "#c53030"));
    }
  }

  private static void bar(StringBuilder svg, int top, Figure figure, double most, String colour) {
    Estimate estimate = figure.estimate();
    double scale = most <= 0 ? 0 : WIDTH / most;
    svg.append(
        format(
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>%n",
            LEFT, top, estimate.median() * scale, colour));
    svg.append(
        format(
            "<path d=\"M%.1f %dH%.1f M%.1f %dv8 M%.1f %dv8\" stroke=\"#111\" fill=\"none\"/>%n",
            LEFT + estimate.low() * scale,
            top + 15,
            LEFT + estimate.high() * scale,
            LEFT + estimate.low() * scale,
            top + 11,
            LEFT + estimate.high() * scale,
            top + 11));
    String words = figure.variant() + " " + Words.number(estimate.median());
    svg.append(label(LEFT + 4, top + 12, "start", words, "#111"));
  }

  private static String label(int x, int y, String anchor, String words, String colour) {
    return format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
        x, y, anchor, colour, words.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

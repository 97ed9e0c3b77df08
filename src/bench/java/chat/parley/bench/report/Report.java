package chat.parley.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a run found out; written anew after each scenario, so that a broken run leaves what it
 * had.
 */
public final class Report {
  /** Ends the name of a variant that stands beside the one of the same name without it. */
  public static final String AGAINST = ", against";

  private final Path folder;
  final Map<String, String> facts = new LinkedHashMap<>();
  final List<Figure> figures = new ArrayList<>();
  final List<Comparison> comparisons = new ArrayList<>();
  final List<Check> checks = new ArrayList<>();
  final List<String> faults = new ArrayList<>();

  /** A figure that has a goal of its own. */
  record Check(Figure figure, Goal goal) {}

  public Report(Path folder) {
    this.folder = folder;
  }

  public void fact(String name, String value) {
    facts.put(name, value);
  }

  public Figure add(
      String scenario, String variant, String metric, String unit, List<Double> windows) {
    Figure figure = new Figure(scenario, variant, metric, unit, List.copyOf(windows));
    figures.add(figure);
    System.out.printf(
        "  %-34s %-28s %-30s %s %s%n",
        scenario, variant, metric, Words.with(figure.estimate()), unit);
    compareWithFirst(figure);
    return figure;
  }

  /** To be added after the variant that it is compared with. */
  private void compareWithFirst(Figure against) {
    figures.stream()
        .filter(
            each ->
                each.scenario().equals(against.scenario())
                    && each.metric().equals(against.metric())
                    && against.variant().equals(each.variant() + AGAINST))
        .findFirst()
        .ifPresent(first -> compare(first, against, null));
  }

  /** The ratio of two figures, and what it should be; null for no goal. */
  public void compare(Figure of, Figure to, Goal goal) {
    Comparison comparison = new Comparison(of, to, goal);
    comparisons.add(comparison);
    System.out.printf(
        "  %-34s %s%n", of.scenario(), MarkdownTable.sentence(comparison).replace("**", ""));
  }

  public void check(Figure figure, Goal goal) {
    checks.add(new Check(figure, goal));
  }

  /** What makes a scenario's figures void. */
  public void invalid(String scenario, List<String> reasons) {
    for (String reason : reasons) {
      faults.add(scenario + ": " + reason);
      System.out.println("  INVALID " + scenario + ": " + reason);
    }
  }

  /** Whether anything in it is. */
  public boolean isVoid() {
    return !faults.isEmpty();
  }

  boolean isValid(String scenario) {
    return faults.stream().noneMatch(fault -> fault.startsWith(scenario + ":"));
  }

  public void write() {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("results.md"), new MarkdownTable(this).text());
      Files.writeString(folder.resolve("results.svg"), new Chart(comparisons).text());
      Files.writeString(folder.resolve("results.json"), new JsonResults(this).text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

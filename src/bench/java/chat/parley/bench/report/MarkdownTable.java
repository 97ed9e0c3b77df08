package chat.parley.bench.report;

/** The results as a document. */
final class MarkdownTable {
  private final Report report;

  MarkdownTable(Report report) {
    this.report = report;
  }

  String text() {
    StringBuilder text = new StringBuilder("# Results of the bench\n\n");
    report.facts.forEach((name, value) -> text.append("* " + name + ": " + value + "\n"));
    text.append(
        "\nMedians of the windows, with the 95 % interval of the median by bootstrap; ratios are taken"
            + " round by round.\n");
    if (!report.faults.isEmpty()) {
      text.append("\n## INVALID\n\n");
      report.faults.forEach(fault -> text.append("* " + fault + "\n"));
    }
    ratios(text);
    figures(text);
    return text.toString();
  }

  private void ratios(StringBuilder text) {
    text.append("\n## Ratios\n\n");
    text.append("| scenario | metric | ratio | of | goal | |\n|---|---|---|---|---|---|\n");
    for (Comparison each : report.comparisons) {
      text.append(
          row(
              each.of().scenario(),
              each.of().metric(),
              Words.with(each.ratio()),
              each.of().variant() + " / " + each.to().variant(),
              each.goal() == null ? "" : each.goal().toString(),
              verdict(each.of().scenario(), each.goal(), each.ratio().median())));
    }
    for (Report.Check each : report.checks) {
      Figure figure = each.figure();
      text.append(
          row(
              figure.scenario(),
              figure.metric(),
              Words.with(figure.estimate()) + " " + figure.unit(),
              figure.variant(),
              each.goal().toString(),
              verdict(figure.scenario(), each.goal(), figure.estimate().median())));
    }
  }

  private void figures(StringBuilder text) {
    text.append("\n## Figures\n\n");
    text.append(
        "| scenario | variant | metric | median | unit | windows |\n|---|---|---|---|---|---|\n");
    for (Figure each : report.figures) {
      text.append(
          row(
              each.scenario(),
              each.variant(),
              each.metric(),
              Words.with(each.estimate()),
              each.unit(),
              "" + each.windows().size()));
    }
  }

  private String verdict(String scenario, Goal goal, double value) {
    if (!report.isValid(scenario)) {
      return "INVALID";
    }
    return goal == null ? "" : goal.met(value) ? "met" : "**missed**";
  }

  static String sentence(Comparison each) {
    return each.of().metric()
        + ": "
        + each.of().variant()
        + " is **"
        + Words.with(each.ratio())
        + "** of "
        + each.to().variant()
        + (each.goal() == null
            ? ""
            : ", goal "
                + each.goal()
                + (each.goal().met(each.ratio().median()) ? " met" : " MISSED"));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}

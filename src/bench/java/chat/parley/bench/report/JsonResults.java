package chat.parley.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The results for programs. */
final class JsonResults {
  private final Report report;

  JsonResults(Report report) {
    this.report = report;
  }

  String text() {
    JsonObject facts = new JsonObject();
    report.facts.forEach(facts::put);
    JsonArray figures = new JsonArray();
    report.figures.forEach(figure -> figures.add(json(figure)));
    JsonArray ratios = new JsonArray();
    report.comparisons.forEach(comparison -> ratios.add(json(comparison)));
    return new JsonObject()
            .put("facts", facts)
            .put("interval", "95 % bootstrap of the median")
            .put("invalid", new JsonArray(report.faults))
            .put("figures", figures)
            .put("ratios", ratios)
            .encodePrettily()
        + "\n";
  }

  private static JsonObject json(Figure figure) {
    return put(
        new JsonObject()
            .put("scenario", figure.scenario())
            .put("variant", figure.variant())
            .put("metric", figure.metric())
            .put("unit", figure.unit())
            .put("windows", new JsonArray(figure.windows())),
        figure.estimate());
  }

  private JsonObject json(Comparison comparison) {
    double ratio = comparison.ratio().median();
    JsonObject json =
        new JsonObject()
            .put("scenario", comparison.of().scenario())
            .put("metric", comparison.of().metric())
            .put("of", comparison.of().variant())
            .put("to", comparison.to().variant())
            .put("valid", report.isValid(comparison.of().scenario()));
    if (comparison.goal() != null) {
      json.put("goal", comparison.goal().toString()).put("met", comparison.goal().met(ratio));
    }
    return put(json, comparison.ratio());
  }

  private static JsonObject put(JsonObject json, Estimate estimate) {
    return json.put("median", estimate.median())
        .put("interval", new JsonArray().add(estimate.low()).add(estimate.high()));
  }
}

package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Rounds;
import chat.parley.bench.Scenario;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Dialect;
import chat.parley.bench.load.Heard;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import chat.parley.bench.report.Report;
import chat.parley.bench.scenario.Contender.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * P1: one room, ten speakers, everybody hears everything. At saturation each speaker keeps some
 * sends under way; paced, twenty messages a second go to a thousand people.
 */
public final class FanOut implements Scenario {
  private static final int SPEAKERS = 10;
  private static final String BARE = "bare broadcast";
  private static final String STOCK = "stock bridge";

  /** Together twice what goes in one commit, so that the next is full when the last is done. */
  private static final int UNDER_WAY = 20;

  /** Less where that would make the servers hold hundreds of megabytes. */
  private static final int DELIVERIES_UNDER_WAY = 200_000;

  /** Still less for the stock bridge, whose queue would otherwise be longer than a window. */
  private static final int DELIVERIES_UNDER_WAY_STOCK = 40_000;

  private static final int PACED_SOCKETS = 1_000;
  private static final double PACED_MESSAGES = 20;

  private static final Metric RATE = new Metric("deliveries", "1/s", Heard::deliveriesPerSecond);
  private static final Metric CPU =
      new Metric("processor of the JVM a delivery", "µs", Heard::serverMicrosPerDelivery);
  private static final Metric DATABASE_CPU =
      new Metric("processor of PostgreSQL a message", "µs", Heard::databaseMicrosPerMessage);
  private static final Metric BYTES =
      new Metric("size of a delivery", "bytes", Heard::bytesPerDelivery);
  private static final Metric SPREAD_50 =
      new Metric("p50 from commit", "ms", heard -> millis(heard.spread, 50));
  private static final Metric SPREAD_99 =
      new Metric("p99 from commit", "ms", heard -> millis(heard.spread, 99));
  private static final Metric DELIVERY_50 =
      new Metric("p50 from intended send", "ms", heard -> millis(heard.delivery, 50));
  private static final Metric DELIVERY_99 =
      new Metric("p99 from intended send", "ms", heard -> millis(heard.delivery, 99));

  @Override
  public String id() {
    return "P1";
  }

  @Override
  public String title() {
    return "fan-out: one room, ten speakers";
  }

  @Override
  public void run(Stage stage) {
    List<Integer> sizes =
        stage.options.quick() ? List.of(100, 1_000) : List.of(100, 500, 1_000, 5_000);
    try (Stage.Baseline bare = stage.baseline("broadcast");
        Stage.Baseline stock = stage.baseline("stock")) {
      sizes.forEach(size -> run(stage, size, bare, stock));
    }
  }

  private void run(Stage stage, int size, Stage.Baseline bareServer, Stage.Baseline stockServer) {
    int most = underWay(size, DELIVERIES_UNDER_WAY);
    try (Contenders contenders = new Contenders()) {
      contenders
          .addParley(stage, most, size, side -> List.of(room(side, size)))
          .add(
              new Contender(
                  BARE,
                  baseline(bareServer.port(), Dialect.PARLEY, size),
                  most,
                  stage.cpu(bareServer.process())))
          .add(
              new Contender(
                  STOCK,
                  baseline(stockServer.port(), Dialect.STOCK, size),
                  underWay(size, DELIVERIES_UNDER_WAY_STOCK),
                  stage.cpu(stockServer.process())));
      saturated(stage, size, contenders.all());
      if (size == PACED_SOCKETS) {
        paced(stage, contenders.all());
      }
    }
  }

  private static String room(Stage side, int size) {
    return side.seed().room("fan-out " + size, side.people(size)).toString();
  }

  private static int underWay(int size, int deliveries) {
    return Math.max(1, Math.min(UNDER_WAY, deliveries / size / SPEAKERS));
  }

  private static Crowd baseline(int port, Dialect dialect, int size) {
    return new Crowd(port, dialect, List.of(UUID.randomUUID().toString())).open(Stage.doors(size));
  }

  private void saturated(Stage stage, int size, List<Contender> all) {
    String scenario = "P1 saturated N=" + size;
    long warm = stage.options.warmNanos();
    long measured = stage.options.windowNanos();
    all.forEach(each -> each.saturated(SPEAKERS, 0, stage.options.warmUpNanos()));
    Map<Contender, List<Heard>> windows =
        Rounds.alternate(
            stage.options.windows(),
            all,
            each -> {
              Crowd.restAll();
              return each.saturated(SPEAKERS, warm, measured);
            });
    Report report = stage.report;
    Map<String, Figure> rates = report(report, scenario, RATE, windows);
    for (Metric metric : List.of(CPU, DATABASE_CPU, BYTES)) {
      report(report, scenario, metric, windows);
    }
    faults(report, scenario, all);
    report.compare(rates.get("Parley"), rates.get(BARE), Goal.atLeast(0.7));
    report.compare(rates.get("Parley"), rates.get(STOCK), Goal.atLeast(3));
  }

  private void paced(Stage stage, List<Contender> all) {
    String scenario = "P1 paced N=" + PACED_SOCKETS;
    long warm = stage.options.warmNanos();
    long measured = stage.options.windowNanos();
    Map<Contender, List<Heard>> windows =
        Rounds.alternate(
            stage.options.windows(),
            all,
            each -> {
              Crowd.restAll();
              return each.crowd().paced(SPEAKERS, PACED_MESSAGES, warm, measured);
            });
    Report report = stage.report;
    for (Metric metric : List.of(SPREAD_50, DELIVERY_50)) {
      report(report, scenario, metric, windows);
    }
    for (Metric metric : List.of(SPREAD_99, DELIVERY_99)) {
      Map<String, Figure> figures = report(report, scenario, metric, windows);
      Figure parley = figures.get("Parley");
      report.compare(parley, figures.get(BARE), null);
      report.compare(parley, figures.get(STOCK), metric == SPREAD_99 ? Goal.atMost(1) : null);
    }
    faults(report, scenario, all);
  }

  private static Map<String, Figure> report(
      Report report, String scenario, Metric metric, Map<Contender, List<Heard>> windows) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    windows
        .keySet()
        .forEach(each -> figures.put(each.name(), each.report(report, scenario, metric, windows)));
    return figures;
  }

  static void faults(Report report, String scenario, List<Contender> all) {
    all.forEach(
        each ->
            report.invalid(
                scenario,
                each.crowd().faults().stream().map(fault -> each.name() + ": " + fault).toList()));
  }
}

package chat.parley.bench.scenario;

import chat.parley.bench.Cpu;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Heard;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Report;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A server under load, by the name that stands in the results.
 *
 * @param underWay how many sends each speaker keeps under way at saturation
 */
record Contender(String name, Crowd crowd, int underWay, Cpu cpu) {
  /** A window at saturation, with what the server's process used. */
  Heard saturated(int speakers, long warmNanos, long measuredNanos) {
    Cpu.Used before = cpu.used();
    long deliveries = crowd.deliveries();
    long acks = crowd.acks();
    Heard heard = crowd.saturated(speakers, underWay, warmNanos, measuredNanos);
    Cpu.Used used = cpu.used().since(before);
    heard.serverNanos = used.server();
    heard.databaseNanos = used.database();
    heard.allDeliveries = crowd.deliveries() - deliveries;
    heard.allAcks = crowd.acks() - acks;
    return heard;
  }

  /** The windows of a metric, reported. */
  Figure report(
      Report report, String scenario, Metric metric, Map<Contender, List<Heard>> windows) {
    List<Double> values =
        windows.get(this).stream().map(heard -> metric.of.applyAsDouble(heard)).toList();
    return report.add(scenario, name, metric.name, metric.unit, values);
  }

  /** What is read off a window. */
  record Metric(String name, String unit, ToDoubleFunction<Heard> of) {}
}

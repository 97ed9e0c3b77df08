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
 * @param pid of the server's process, without its database
 */
record Contender(String name, Crowd crowd, int underWay, long pid) {
  /** A window at saturation, with what the server's process used. */
  Heard saturated(int speakers, long warmNanos, long measuredNanos) {
    long used = Cpu.nanos(pid);
    long before = crowd.total();
    Heard heard = crowd.saturated(speakers, underWay, warmNanos, measuredNanos);
    heard.cpuNanosPerDelivery =
        (double) (Cpu.nanos(pid) - used) / Math.max(1, crowd.total() - before);
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

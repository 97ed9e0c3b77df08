package chat.parley.http;

import chat.parley.model.ServerStats.Minute;
import chat.parley.model.ServerStats.Requests;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.search.Search;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How this node has been doing, read from its meters: since it started, and minute by minute for
 * the last hour. One for all event loops.
 */
final class Pulse {
  private static final long MINUTE_MS = 60_000;
  private static final int MOST_MINUTES = 60;
  private static final String SOCKETS = "parley.sockets";

  private final MeterRegistry registry;
  private final Instant startedAt = Instant.now();
  private final Deque<Minute> minutes = new ArrayDeque<>();
  private TreeMap<String, Long> before = new TreeMap<>();

  private Pulse(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Takes note from now on, once a minute. */
  static Pulse start(Vertx vertx, MeterRegistry registry) {
    Pulse pulse = new Pulse(registry);
    vertx.setPeriodic(MINUTE_MS, tick -> pulse.note());
    return pulse;
  }

  private synchronized void note() {
    minutes.add(minute());
    if (minutes.size() > MOST_MINUTES) {
      minutes.remove();
    }
    before = counts();
  }

  /** The last hour, oldest first; the minute that is not over is the last. */
  synchronized List<Minute> lastHour() {
    List<Minute> all = new ArrayList<>(minutes);
    all.add(minute());
    return all;
  }

  private Minute minute() {
    TreeMap<String, Long> now = counts();
    Times times = times();
    return new Minute(
        Instant.now(),
        Search.in(registry).name(SOCKETS).gauges().stream().mapToInt(Pulse::whole).sum(),
        now.keySet().stream().mapToLong(each -> since(now, each)).sum(),
        since(now, "4xx"),
        since(now, "5xx"),
        times.p50Ms(),
        times.p99Ms());
  }

  private static int whole(Gauge gauge) {
    return (int) gauge.value();
  }

  private long since(TreeMap<String, Long> now, String status) {
    return now.getOrDefault(status, 0L) - before.getOrDefault(status, 0L);
  }

  Requests requests() {
    Times times = times();
    return new Requests(startedAt, counts(), times.p50Ms(), times.p99Ms());
  }

  /** Requests that were answered, by class of status: 2xx, 4xx and so on. */
  private TreeMap<String, Long> counts() {
    TreeMap<String, Long> counts = new TreeMap<>();
    for (Timer timer : Search.in(registry).name(HttpMeters.REQUESTS).timers()) {
      counts.merge(timer.getId().getTag(HttpMeters.STATUS), timer.count(), Long::sum);
    }
    return counts;
  }

  private record Times(Double p50Ms, Double p99Ms) {}

  private Times times() {
    Timer recent = Search.in(registry).name(HttpMeters.RECENT).timer();
    HistogramSnapshot snapshot = recent == null ? null : recent.takeSnapshot();
    ValueAtPercentile[] values =
        snapshot == null ? new ValueAtPercentile[0] : snapshot.percentileValues();
    return values.length < 2
        ? new Times(null, null)
        : new Times(values[0].value(TimeUnit.MILLISECONDS), values[1].value(TimeUnit.MILLISECONDS));
  }
}

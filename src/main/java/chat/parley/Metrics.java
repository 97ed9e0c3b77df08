package chat.parley;

import chat.parley.bus.BusMeters;
import chat.parley.http.Gate;
import chat.parley.http.Metering;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one server counts, in one registry of its own. Vert.x tells of its pools (connections,
 * threads) and of nothing else: its other domains would pay for every message and every write.
 */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean machineShown = new AtomicBoolean();

  /** A Vert.x that tells of its pools, with a gate before its ports. */
  public Vertx vertx(Gate gate) {
    Vertx vertx =
        Vertx.builder()
            .with(options())
            .withMetrics(new MicrometerMetricsFactory(registry))
            .withTransport(gate.show(registry).transport())
            .build();
    BusMeters.show(vertx, registry);
    return vertx;
  }

  private static VertxOptions options() {
    EnumSet<MetricsDomain> silent = EnumSet.allOf(MetricsDomain.class);
    silent.remove(MetricsDomain.NAMED_POOLS);
    MicrometerMetricsOptions metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            // Registries are kept by name for the whole process; several servers may run in it.
            .setRegistryName(UUID.randomUUID().toString());
    silent.forEach(metrics::addDisabledMetricsCategory);
    // A clock for every statement; what waits for a connection says as much.
    metrics.addDisabledMetricsCategory("sql");
    return new VertxOptions().setMetricsOptions(metrics);
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** How the HTTP door counts and shows all this; an empty token is none. */
  public Metering shown(String token) {
    return new Metering(registry, this::text, token);
  }

  /** The Java machine is asked only once somebody wants to know: its beans take long to load. */
  private String text() {
    if (machineShown.compareAndSet(false, true)) {
      new MachineMeters(registry).show();
    }
    return registry.scrape();
  }
}

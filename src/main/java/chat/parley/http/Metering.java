package chat.parley.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.function.Supplier;

/**
 * Where the door counts, and what it shows at {@code /metrics}, to whom.
 *
 * @param text all metrics in Prometheus' text format; takes milliseconds, so never on an event loop
 * @param token what opens {@code /metrics}; empty for callers on this machine only
 */
public record Metering(MeterRegistry registry, Supplier<String> text, String token) {
  /** Counts for nobody. */
  static Metering none() {
    return new Metering(new CompositeMeterRegistry(), () -> "", "");
  }
}

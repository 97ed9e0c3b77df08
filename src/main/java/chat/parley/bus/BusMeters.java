package chat.parley.bus;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.atomic.LongAdder;

/**
 * Questions on the bus that went wrong in a way nobody intended, counted once a Vert.x: every room
 * makes its own {@link Bus}. Answers that are a {@link Problem} on purpose are not among them.
 */
public final class BusMeters implements Shareable {
  final LongAdder unanswered = new LongAdder();
  final LongAdder unexpected = new LongAdder();

  private BusMeters() {}

  static BusMeters of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, BusMeters>getLocalMap("parley.bus")
        .computeIfAbsent("meters", name -> new BusMeters());
  }

  /** Shows this Vert.x's numbers in a registry. */
  public static void show(Vertx vertx, MeterRegistry registry) {
    BusMeters meters = of(vertx);
    count(registry, "unanswered", meters.unanswered);
    count(registry, "unexpected", meters.unexpected);
  }

  private static void count(MeterRegistry registry, String kind, LongAdder adder) {
    FunctionCounter.builder("parley.bus.failures", adder, LongAdder::sum)
        .description("Questions on the bus that nobody answered or that failed unexpectedly.")
        .tag("kind", kind)
        .register(registry);
  }
}

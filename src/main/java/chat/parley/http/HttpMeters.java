package chat.parley.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;

/**
 * How long requests take, by operation and class of status. Never by path: whoever calls can make
 * up any number of them. What is no operation of the contract is {@code other}.
 */
final class HttpMeters implements Handler<RoutingContext> {
  /** By operation and class of status; and all of the last minutes together. */
  static final String REQUESTS = "parley.http";

  static final String RECENT = "parley.http.recent";
  static final String STATUS = "status";
  private static final String OPERATION = "parley.operation";
  private static final Duration[] TIMES =
      LongStream.of(5, 10, 25, 50, 100, 250, 1_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** The timers of one operation by the first digit of the status, made when first needed. */
  final class Operation {
    private final String id;
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(10);

    Operation(String id) {
      this.id = id;
    }

    void took(int status, long nanos) {
      int digit = Math.min(9, status / 100);
      Timer timer = timers.get(digit);
      if (timer == null) {
        timer = timer(id, digit + "xx");
        timers.set(digit, timer);
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
      recent.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private final MeterRegistry registry;
  private final Map<String, Operation> operations = new ConcurrentHashMap<>();
  private final Operation other = new Operation("other");
  private final Timer recent;

  HttpMeters(MeterRegistry registry) {
    this.registry = registry;
    this.recent =
        Timer.builder(RECENT)
            .description("The same for all requests of the last two minutes together.")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
  }

  private Timer timer(String operation, String status) {
    return Timer.builder(REQUESTS)
        .description("From a request's head to the end of its answer, by operation and status.")
        .tag("operation", operation)
        .tag(STATUS, status)
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  /** Watches a request that may turn out to be any operation. */
  @Override
  public void handle(RoutingContext context) {
    long began = System.nanoTime();
    context.addEndHandler(
        ended -> {
          Operation operation = context.get(OPERATION);
          (operation == null ? other : operation)
              .took(context.response().getStatusCode(), System.nanoTime() - began);
        });
    context.next();
  }

  Operation of(String operationId) {
    return operations.computeIfAbsent(operationId, Operation::new);
  }

  /** Tells which operation it is. */
  Handler<RoutingContext> naming(String operationId) {
    Operation operation = of(operationId);
    return context -> context.put(OPERATION, operation).next();
  }
}

package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * What the {@link RoomWriter} counts. Each meter is made once; a send costs one timing when it is
 * answered, everything else is counted a batch.
 */
final class WriterMeters {
  private static final Duration[] TIMES =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Counter stored;
  private final Counter repeatedWaiting;
  private final Counter repeatedStored;
  private final Map<Problem, Counter> refused = new EnumMap<>(Problem.class);
  private final Map<Failed.Kind, Counter> failed = new EnumMap<>(Failed.Kind.class);
  private final Timer ack;
  private final Timer commit;
  private final DistributionSummary rows;

  /** Written by the writer's event loop alone, read by whoever looks. */
  private volatile int waitingRows;

  private volatile long waitingBytes;

  WriterMeters(MeterRegistry registry) {
    stored =
        Counter.builder("parley.sends.stored")
            .description("Messages that were stored.")
            .register(registry);
    repeatedWaiting = repeated(registry, "waiting");
    repeatedStored = repeated(registry, "stored");
    for (Problem problem : Problem.values()) {
      refused.put(
          problem,
          Counter.builder("parley.sends.refused")
              .description("Sends that the writer refused, by problem.")
              .tag("problem", problem.slug())
              .register(registry));
    }
    for (Failed.Kind kind : Failed.Kind.values()) {
      failed.put(
          kind,
          Counter.builder("parley.commit.failures")
              .description(
                  "Batches that were not committed and were tried again, by what is known.")
              .tag("kind", kind.name().toLowerCase(java.util.Locale.ROOT))
              .register(registry));
    }
    ack =
        timer(
            registry,
            "parley.ack",
            "From a send's arrival at the writer to its answer, when it was stored or found stored.");
    commit =
        timer(registry, "parley.commit", "How long a commit took, the wait for locks included.");
    rows =
        DistributionSummary.builder("parley.commit.rows")
            .description("Sends that went in one commit.")
            .serviceLevelObjectives(1, 2, 5, 10, 25, 50, 100, 250, 500)
            .register(registry);
    Gauge.builder("parley.writer.waiting.rows", this, meters -> meters.waitingRows)
        .description("Sends that are not answered yet.")
        .register(registry);
    Gauge.builder("parley.writer.waiting", this, meters -> meters.waitingBytes)
        .description("Text of the sends that are not answered yet.")
        .baseUnit("bytes")
        .register(registry);
  }

  private static Counter repeated(MeterRegistry registry, String found) {
    return Counter.builder("parley.sends.repeated")
        .description(
            "Sends that repeated another and got its answer: one that waited, or was stored.")
        .tag("found", found)
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name, String says) {
    return Timer.builder(name).description(says).serviceLevelObjectives(TIMES).register(registry);
  }

  /** A send that another one, still waiting, answers too. */
  void joined() {
    repeatedWaiting.increment();
  }

  void refused(Problem problem) {
    refused.get(problem).increment();
  }

  /** A send that was taken has got its answer. */
  void answered(Throwable failure, long nanos) {
    if (failure == null) {
      ack.record(nanos, TimeUnit.NANOSECONDS);
    } else if (failure instanceof Failure refusal) {
      refused(refusal.problem());
    }
  }

  void committed(int sends, long nanos) {
    rows.record(sends);
    commit.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** What a commit did: rows that are new, and repetitions of what was there before. */
  void settled(int news, int known) {
    stored.increment(news);
    repeatedStored.increment(known);
  }

  void failed(Failed.Kind kind) {
    failed.get(kind).increment();
  }

  void waiting(int sends, long bytes) {
    waitingRows = sends;
    waitingBytes = bytes;
  }
}

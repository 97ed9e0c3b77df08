package chat.parley.realtime;

import chat.parley.bus.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * What the sockets of one node count. Each meter is made once. What happens a socket or a frame is
 * added up by each event loop's {@link Tally} and comes here once a turn.
 */
public final class RealtimeMeters {
  private static final Duration[] TIMES =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  final Counter deliveries;
  final Counter bytes;
  final Counter signals;
  final Counter signalsShed;
  final Counter gapsFound;
  final Counter gapsFilled;
  final Counter polls;
  final Counter pollFailures;
  final Counter fellBehind;
  final Counter cut;
  final Timer delivery;

  /** Sockets that are open, by transport, and those of them that are behind. */
  final AtomicInteger raw = new AtomicInteger();

  final AtomicInteger sockJs = new AtomicInteger();
  final AtomicInteger behind = new AtomicInteger();
  private final Counter closedByPeer;
  private final Map<CloseCode, Counter> closed = new EnumMap<>(CloseCode.class);
  private final Map<Problem, Counter> refused = new EnumMap<>(Problem.class);
  private final MeterRegistry registry;

  public RealtimeMeters(MeterRegistry registry) {
    this.registry = registry;
    deliveries = counter("deliveries", "Events that last, handed to sockets: events × listeners.");
    bytes = counter("sent.bytes", "Content of everything handed to sockets, without frame heads.");
    signals = counter("signals", "Typing and presence handed to sockets.");
    signalsShed =
        counter("signals.shed", "Typing and presence kept from sockets that have a backlog.");
    gapsFound = counter("gaps.found", "Holes in a room's versions that the bus did not close.");
    gapsFilled = counter("gaps.filled", "Holes that were closed from the database.");
    polls = counter("heads.polls", "Questions where rooms and people stand, asked every 2 s.");
    pollFailures = counter("heads.failures", "Such questions that were not answered.");
    fellBehind = counter("sockets.fell.behind", "Times a socket went over its budget.");
    cut = counter("sockets.cut", "Sockets ended at the channel, as they did not take a close.");
    delivery =
        Timer.builder("parley.delivery")
            .description("From a commit to the flush that hands it to a loop's sockets, a batch.")
            .serviceLevelObjectives(TIMES)
            .register(registry);
    sockets("raw", raw);
    sockets("sockjs", sockJs);
    Gauge.builder("parley.sockets.behind", behind, AtomicInteger::get)
        .description("Sockets that are over their budget right now.")
        .register(registry);
    closedByPeer = closed("peer");
    for (CloseCode code : CloseCode.values()) {
      closed.put(code, closed(Short.toString(code.code)));
    }
    for (Problem problem : Problem.values()) {
      refused.put(
          problem,
          Counter.builder("parley.frames.refused")
              .description("What sockets sent and were refused, by problem.")
              .tag("problem", problem.slug())
              .register(registry));
    }
  }

  private Counter counter(String name, String says) {
    return Counter.builder("parley." + name).description(says).register(registry);
  }

  private Counter closed(String code) {
    return Counter.builder("parley.sockets.closed")
        .description("Sockets that ended, by the code they were closed with; peer: not by us.")
        .tag("code", code)
        .register(registry);
  }

  private void sockets(String transport, AtomicInteger open) {
    Gauge.builder("parley.sockets", open, AtomicInteger::get)
        .description("Sockets that are open, by transport.")
        .tag("transport", transport)
        .register(registry);
  }

  /** Shows what waits for all peers together. */
  void show(Backlog backlog) {
    Gauge.builder("parley.sockets.pending", backlog, Backlog::bytes)
        .description("What waits for all peers together, as of each socket's last flush.")
        .baseUnit("bytes")
        .register(registry);
  }

  void closed(CloseCode code) {
    closed.get(code).increment();
  }

  void closedByPeer() {
    closedByPeer.increment();
  }

  void refused(Problem problem) {
    refused.get(problem).increment();
  }
}

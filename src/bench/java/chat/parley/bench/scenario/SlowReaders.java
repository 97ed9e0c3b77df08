package chat.parley.bench.scenario;

import static chat.parley.bench.load.Heard.millis;

import chat.parley.bench.Cpu;
import chat.parley.bench.Memory;
import chat.parley.bench.Rounds;
import chat.parley.bench.Stage;
import chat.parley.bench.load.Crowd;
import chat.parley.bench.load.Dialect;
import chat.parley.bench.load.Heard;
import chat.parley.bench.report.Figure;
import chat.parley.bench.report.Goal;
import java.util.List;
import java.util.Map;

/**
 * P8, first half: a hundred people read, and beside them in one room a hundred sockets do not. What
 * the readers notice, what the server holds, and whether it lets go of those that hang.
 */
final class SlowReaders {
  private static final String SCENARIO = "P8 slow readers";
  private static final int READERS = 100;
  private static final int STALLED = 100;
  private static final int SPEAKERS = 10;
  private static final int UNDER_WAY = 10;
  private static final int TEXT = 1_000;

  /** Fills what the kernel takes, about 4 MB a socket, within the windows. */
  private static final double PACE = 300;

  private static final int FLOODS = 60;
  private static final double MIB = 1 << 20;

  private final Stage stage;
  private final long pid;
  private long most;

  SlowReaders(Stage stage) {
    this.stage = stage;
    this.pid = stage.parley().process.pid();
  }

  void run() {
    try (Crowd alone = crowd("alone", READERS);
        Crowd beside = crowd("beside", READERS + STALLED)) {
      alone.saturated(SPEAKERS, UNDER_WAY, 0, stage.options.warmUpNanos());
      beside.stall(READERS);
      long before = Memory.rss(pid);
      Cpu cpu = stage.cpu(stage.parley().process);
      Contender without = new Contender("readers alone", alone, UNDER_WAY, cpu);
      Contender with = new Contender("beside stalled ones", beside, UNDER_WAY, cpu);
      Map<Contender, List<Heard>> windows =
          Rounds.alternate(
              stage.options.windows(),
              List.of(without, with),
              each -> {
                Crowd.restAll();
                Heard heard =
                    each.crowd()
                        .paced(
                            SPEAKERS, PACE, stage.options.warmNanos(), stage.options.windowNanos());
                look();
                return heard;
              });
      flood(beside);
      report(windows, without, with, beside.stalledLost(), (most - before) / MIB);
    }
  }

  private Crowd crowd(String name, int size) {
    String room = stage.seed().room(name, stage.people(size)).toString();
    return new Crowd(stage.parley().port, Dialect.PARLEY, List.of(room), TEXT)
        .open(Stage.doors(stage.people(size)));
  }

  private void look() {
    most = Math.max(most, Memory.rss(pid));
  }

  /** Until the server has cut all that hang, or too long. */
  private void flood(Crowd beside) {
    for (int i = 0; i < FLOODS && beside.stalledLost() < STALLED; i++) {
      beside.saturated(SPEAKERS, UNDER_WAY, 0, 1_000_000_000L);
      look();
    }
  }

  private void report(
      Map<Contender, List<Heard>> windows,
      Contender without,
      Contender with,
      int cut,
      double growth) {
    Contender.Metric p99 =
        new Contender.Metric("p99 from intended send", "ms", heard -> millis(heard.delivery, 99));
    Figure alone = without.report(stage.report, SCENARIO, p99, windows);
    Figure beside = with.report(stage.report, SCENARIO, p99, windows);
    FanOut.faults(stage.report, SCENARIO, List.of(without, with));
    stage.report.compare(beside, alone, Goal.atMost(2));
    stage.report.check(
        stage.report.add(SCENARIO, "Parley", "memory more at most", "MiB", List.of(growth)),
        Goal.atMost(150));
    stage.report.check(
        stage.report.add(
            SCENARIO, "Parley", "stalled sockets cut of 100", "", List.of((double) cut)),
        Goal.atLeast(STALLED));
  }
}

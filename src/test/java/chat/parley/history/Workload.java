package chat.parley.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A dozen people in a few rooms, with everything they do left to a seeded chance, until told to
 * rest; then everybody catches up, every room is read from every node, and the judge looks at it.
 */
public final class Workload implements AutoCloseable {
  private enum Phase {
    LOAD,
    REST
  }

  /** How many people and rooms there are, and how long each waits between turns. */
  public record Size(int people, int rooms, long turnMillis) {}

  private final String name;
  private final long seed;
  private final Bounds bounds;
  private final History history = new History();
  private final Cast cast;
  private final ScheduledExecutorService turns;
  private final Queue<Throwable> trouble = new ConcurrentLinkedQueue<>();
  private volatile Phase phase = Phase.LOAD;

  private Workload(String name, Nodes nodes, Bounds bounds, Size size) {
    this.name = name;
    this.bounds = bounds;
    this.seed = Long.getLong("history.seed", new Random().nextInt(1_000_000));
    this.cast = new Cast(history, nodes, bounds, new Random(seed));
    this.turns = Executors.newScheduledThreadPool(size.people() + size.rooms() + 2);
    cast.enter(size, turns);
  }

  /** People with accounts and rooms on a fresh server; the seed is {@code -Dhistory.seed}. */
  public static Workload on(String name, Nodes nodes, Bounds bounds, Size size) {
    return new Workload(name, nodes, bounds, size);
  }

  public History history() {
    return history;
  }

  /** For the faults of a run. */
  public Random random() {
    return new Random(seed + 1);
  }

  /** Lets everybody act from now on. */
  public Workload load(Size size) {
    for (Participant each : cast.participants()) {
      every(size.turnMillis(), () -> turn(each));
    }
    for (Doorkeeper each : cast.doorkeepers()) {
      every(
          500,
          () -> {
            if (phase == Phase.LOAD) {
              each.act();
            } else {
              each.rest();
            }
          });
    }
    for (Visitor each : cast.visitors()) {
      every(
          600,
          () -> {
            if (phase == Phase.LOAD || !each.isDone()) {
              each.act();
            }
          });
    }
    return this;
  }

  private void turn(Participant each) {
    if (phase == Phase.LOAD) {
      each.act();
    } else if (!cast.isAtRest(each)) {
      each.rest();
      if (cast.mayRest() && each.isAtRest()) {
        cast.atRest(each);
      }
    }
  }

  private void every(long millis, Runnable turn) {
    turns.scheduleWithFixedDelay(
        () -> {
          try {
            turn.run();
          } catch (RuntimeException | AssertionError failed) {
            trouble.add(failed);
          }
        },
        millis,
        millis,
        TimeUnit.MILLISECONDS);
  }

  /** Ends the load and waits until all that was begun is done; false when that takes too long. */
  public boolean rest(long seconds) {
    phase = Phase.REST;
    boolean atRest = await(cast::isAllAtRest, seconds);
    if (atRest) {
      cast.scan();
    }
    return atRest;
  }

  /** Looks every 20 ms; false after so many seconds. */
  public boolean await(BooleanSupplier condition, long seconds) {
    CountDownLatch holds = new CountDownLatch(1);
    var looking =
        turns.scheduleWithFixedDelay(
            () -> {
              if (condition.getAsBoolean()) {
                holds.countDown();
              }
            },
            0,
            20,
            TimeUnit.MILLISECONDS);
    try {
      return holds.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      looking.cancel(false);
    }
  }

  /** What does not hold in what has happened so far. */
  public List<Violation> look() {
    return new Judge(bounds).judge(history.facts());
  }

  /** What does not hold; a history in which something does not is kept in target/history. */
  private List<Violation> judge() {
    List<Fact> facts = history.facts();
    List<Violation> found = new Judge(bounds).judge(facts);
    System.out.println(name + ", seed " + seed + ": " + Summary.of(facts));
    if (!found.isEmpty()) {
      Path file = Path.of("target", "history", name + "-" + seed + ".jsonl");
      System.out.println("history kept in " + history.write(file));
    }
    return found;
  }

  /** Fails with the witnesses and the seed when anything does not hold. */
  public void assertHolds() {
    boolean rested = rest(60);
    List<String> wrong = new ArrayList<>();
    judge().forEach(violation -> wrong.add(violation.toString()));
    trouble.forEach(failed -> wrong.add("a client failed: " + failed));
    if (!rested) {
      wrong.add("not at rest: " + cast.restless());
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "run again with -Dhistory.seed=" + seed + "\n" + String.join("\n", wrong));
    }
  }

  /** Whoever is in the middle of something finishes it, so that the server may end in peace. */
  @Override
  public void close() {
    turns.shutdown();
    try {
      turns.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cast.leave();
  }
}

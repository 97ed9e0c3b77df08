package chat.parley.bench.baseline;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Drives the database alone, on the servers' core: told {@code window <nanos>}, it does its work
 * over and over, one at a time, and prints {@code did <rows> <nanos> <p50> <p99>}.
 */
public final class Driver {
  private static final int MOST = 1 << 20;

  private final Vertx vertx;
  private final Work work;
  private final long[] took = new long[MOST];
  private int times;
  private long rows;

  /** What is done over and over. */
  public interface Work {
    Future<?> prepare();

    /** Completes with the rows that are durable now. */
    Future<Integer> once();
  }

  private Driver(Vertx vertx, Work work) {
    this.vertx = vertx;
    this.work = work;
  }

  /** Takes orders from the standard input until that ends. */
  static void serve(Vertx vertx, Work work) throws IOException {
    await(work.prepare());
    System.out.println("ready");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      Driver driver = new Driver(vertx, work);
      driver.window(Long.parseLong(order.substring("window ".length())));
    }
  }

  private static void await(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }

  private void window(long nanos) {
    long start = System.nanoTime();
    CompletableFuture<Void> end = new CompletableFuture<>();
    vertx.runOnContext(turn -> step(start + nanos, end));
    end.join();
    long took = System.nanoTime() - start;
    Arrays.sort(this.took, 0, times);
    System.out.println("did " + rows + " " + took + " " + at(50) + " " + at(99));
  }

  private long at(int percentile) {
    return times == 0 ? 0 : took[Math.min(times - 1, (int) ((long) times * percentile / 100))];
  }

  private void step(long deadline, CompletableFuture<Void> end) {
    long begun = System.nanoTime();
    if (begun >= deadline) {
      end.complete(null);
      return;
    }
    work.once()
        .onComplete(
            done -> {
              rows += done;
              took[times++ % MOST] = System.nanoTime() - begun;
              step(deadline, end);
            },
            end::completeExceptionally);
  }
}

package chat.parley.testing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waiting in tests: for a future's answer, its failure, or a condition; never for a length of time.
 */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Await() {}

  public static <T> T get(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError("No answer within " + PATIENCE, late);
    }
  }

  public static <X extends Throwable> X failure(Future<?> future, Class<X> type) {
    try {
      Object answer =
          future
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("Expected a " + type.getSimpleName() + ", got " + answer);
    } catch (ExecutionException failed) {
      return type.cast(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError("No answer within " + PATIENCE, late);
    }
  }

  /** Comes true, and within this time, as a {@link Stopwatch} tells it. */
  public static void within(Duration most, String what, BooleanSupplier condition) {
    Stopwatch watch = Stopwatch.started();
    until(what, condition);
    Duration took = watch.elapsed();
    if (took.compareTo(most) > 0) {
      throw new AssertionError(what + " took " + took);
    }
  }

  /** Looks again every 5 ms until the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Never came true: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}

package chat.parley.trust;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client that says a byte a second, or nothing, until it is sent away. */
final class Slow {
  private static final int BYTES = 45;

  private final CompletableFuture<Farewell> done;

  /**
   * @param said what the server said, empty when it just closed
   */
  record Farewell(String said, Duration after) {}

  private Slow(CompletableFuture<Farewell> done) {
    this.done = done;
  }

  static Slow begin(Target target, String first, boolean drips) {
    CompletableFuture<Farewell> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(live(target, first, drips));
              } catch (IOException e) {
                done.completeExceptionally(e);
              }
            },
            "slow-client");
    thread.setDaemon(true);
    thread.start();
    return new Slow(done);
  }

  private static Farewell live(Target target, String first, boolean drips) throws IOException {
    long began = System.nanoTime();
    try (Line line = Line.to(target.at("/"))) {
      line.say(first);
      StringBuilder said = new StringBuilder();
      for (int i = 0; i < BYTES; i++) {
        if (line.hears(1_000, said)) {
          return new Farewell(said.toString(), Duration.ofNanos(System.nanoTime() - began));
        }
        if (drips) {
          line.say("x");
        }
      }
      throw new IOException("still open after " + BYTES + " s");
    }
  }

  Farewell farewell() {
    return done.join();
  }
}

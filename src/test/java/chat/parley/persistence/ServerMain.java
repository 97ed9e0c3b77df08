package chat.parley.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process of its own that runs the embedded server until it is killed or its input ends.
 * Interrupted, it goes on until the file named second appears, as a server does that finishes its
 * last requests.
 */
final class ServerMain {
  private ServerMain() {}

  public static void main(String[] args) throws Exception {
    drainBeforeTheEnd(Path.of(args[1]));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]))) {
      System.out.println("ready " + postgres.address().port());
      while (System.in.read() != -1) {
        // Only the end of input ends us.
      }
    } catch (StartFailure e) {
      System.out.println("failed " + e.getMessage());
    }
    Runtime.getRuntime().halt(0);
  }

  private static void drainBeforeTheEnd(Path drained) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    System.out.println("draining");
                    Wait.until(() -> Files.exists(drained), Duration.ofSeconds(20));
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }
}

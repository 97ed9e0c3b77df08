package chat.parley.persistence;

import java.nio.file.Path;

/** A process of its own that runs the embedded server until it is killed or its input ends. */
final class ServerMain {
  private ServerMain() {
  }

  public static void main(String[] args) throws Exception {
    long began = System.nanoTime();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]))) {
      System.out.println("ready " + postgres.address().port() + " " + (System.nanoTime() - began) / 1_000_000 + " ms");
      while (System.in.read() != -1) {
        // Only the end of input ends us.
      }
    } catch (StartFailure e) {
      System.out.println("failed " + e.getMessage());
    }
  }
}

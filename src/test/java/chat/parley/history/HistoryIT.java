package chat.parley.history;

import chat.parley.testing.JarProcess;
import chat.parley.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some time with the jar as people run it, while it and its database are killed at random. */
class HistoryIT {
  private static final Workload.Size SIZE = new Workload.Size(10, 5, 60);
  private static final long SECONDS = Long.getLong("history.seconds", 6);

  @TempDir Path folder;

  private JarProcess jar;
  private int port;

  @Test
  void killingServerAndDatabaseBreaksNoInvariant() throws IOException {
    // The database may run as another user, who has to get there.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    port = Ports.free();
    start();
    Nodes nodes = new Nodes(List.of(jar.url()));
    try (Workload workload = Workload.on("faults", nodes, Bounds.ofOneNode(), SIZE)) {
      workload.load(SIZE);
      Random random = workload.random();
      long end = workload.history().now() + SECONDS * 1_000_000_000L;
      // However short: each of them once.
      for (int i = 0; i < 2 || workload.history().now() < end; i++) {
        pause(workload, 2_000 + random.nextInt(3_000));
        fault(workload.history(), i < 2 ? 2 * i : random.nextInt(5));
      }
      workload.assertHolds();
      jar.terminate();
    } finally {
      jar.close();
    }
  }

  /** Lets the load go on for so long. */
  static void pause(Workload workload, long millis) {
    long until = workload.history().now() + millis * 1_000_000;
    workload.await(() -> workload.history().now() >= until, 60);
  }

  private void start() {
    long started = System.nanoTime();
    jar = JarProcess.start(folder.resolve("data"), port, "--limits", "off");
    jar.awaitReady(started);
  }

  /** Twice in five the server, twice its database, once both. */
  private void fault(History history, int dice) throws IOException {
    String what = dice < 2 ? "server" : dice < 4 ? "database" : "both";
    history.add(new Fact.FaultStart(history.now(), "kill -9 " + what));
    if (dice >= 2) {
      killDatabase();
    }
    if (dice < 2 || dice == 4) {
      jar.kill();
      start();
    } else {
      jar.awaitReady(System.nanoTime());
    }
    history.add(new Fact.FaultStop(history.now(), what));
  }

  private void killDatabase() throws IOException {
    Path pidFile = folder.resolve("data/pg18/data/postmaster.pid");
    String pid = Files.readAllLines(pidFile).get(0).strip();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }
}

package chat.parley.bench;

import chat.parley.persistence.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jar as people run it, on a free port, with limits off. */
public final class ParleyServer implements AutoCloseable {
  /** All keys derive from it, so the bench can sign tokens as the server does. */
  static final String SECRET = "a secret of the bench, known to everybody who reads this";

  public final int port;
  public final Pinned process;
  private final Path data;

  /** When it was spawned. */
  public final long startedAtNanos;

  /** From then to the first 200 of /ready. */
  public final long readyNanos;

  private ParleyServer(int port, Path data, Pinned process, long startedAt) {
    this.port = port;
    this.data = data;
    this.process = process;
    this.startedAtNanos = startedAt;
    try {
      Http.awaitReady(port, process);
    } catch (IllegalStateException failure) {
      process.close();
      throw failure;
    }
    this.readyNanos = System.nanoTime() - startedAt;
  }

  /** Returns when it is ready. */
  static ParleyServer start(Options.Served served, Path home, List<String> jvmFlags) {
    int port = freePort();
    Path data = home.resolve("data");
    List<String> arguments = new ArrayList<>(jvmFlags);
    arguments.addAll(List.of("-jar", served.jar().toString()));
    arguments.addAll(List.of("--data", data.toString(), "--port", "" + port, "--limits", "off"));
    arguments.addAll(served.settings());
    long startedAt = System.nanoTime();
    // What docs/operations.md says of memory; the flags alone would leave it to glibc.
    Map<String, String> environment =
        jvmFlags.contains("-Xms24m")
            ? Map.of("PARLEY_SECRET", SECRET, "MALLOC_ARENA_MAX", "2")
            : Map.of("PARLEY_SECRET", SECRET);
    Pinned process = Pinned.java(home.resolve("parley-" + port + ".log"), environment, arguments);
    return new ParleyServer(port, data, process, startedAt);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its embedded database: the port stands in the fourth line of postmaster.pid, the password
   * beside the data.
   */
  public String databaseUrl() {
    try {
      Path home = data.resolve("pg18");
      String port = Files.readAllLines(home.resolve("data/postmaster.pid")).get(3).strip();
      String password = Files.readString(home.resolve("password")).strip();
      return "postgresql://parley:" + password + "@127.0.0.1:" + port + "/parley?sslmode=disable";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DatabaseAddress database() {
    return DatabaseAddress.parse(databaseUrl(), null, null);
  }

  @Override
  public void close() {
    process.close();
  }
}

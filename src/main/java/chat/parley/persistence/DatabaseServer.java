package chat.parley.persistence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Our PostgreSQL on one data directory: started with Parley's settings, again if need be, and
 * stopped for good.
 */
final class DatabaseServer {
  // Replaying the log after a crash may take minutes; a server that is merely broken ends much
  // sooner.
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long PAUSE_MILLIS = 100;

  // Parallel workers are off because containers give them too little shared memory, and a small
  // machine no benefit.
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=40",
          "fsync=on",
          "full_page_writes=on",
          "synchronous_commit=on",
          "password_encryption=scram-sha-256",
          "shared_buffers=128MB",
          "max_wal_size=512MB",
          "jit=off",
          "timezone=UTC",
          "max_parallel_workers_per_gather=0",
          "max_parallel_maintenance_workers=0",
          "idle_in_transaction_session_timeout=60s",
          "logging_collector=off",
          "log_destination=stderr",
          "log_timezone=UTC",
          "log_checkpoints=off",
          // Terse, as details quote the rows of users.
          "log_error_verbosity=terse",
          "log_min_error_statement=panic");

  private final Path data;
  private final PostgresBinaries binaries;
  private final ServerUser user;
  private final ServerLog log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile int port;
  private volatile ServerProcess process;

  DatabaseServer(Path data, PostgresBinaries binaries, ServerUser user, ServerLog log) {
    this.data = data;
    this.binaries = binaries;
    this.user = user;
    this.log = log;
  }

  int port() {
    return port;
  }

  /**
   * Starts on this port or, as another program may have taken it before us, on the next free one.
   */
  void start(int wanted) throws IOException, InterruptedException {
    port = wanted;
    keepTrying(true);
  }

  /** Starts again, where its clients look for it. */
  void restart() throws IOException, InterruptedException {
    keepTrying(false);
  }

  /**
   * Waits until the server has ended or is watched no longer, which happens only when somebody
   * stops or kills.
   */
  void join() throws InterruptedException {
    process.join();
  }

  boolean stopping() {
    return closing.getCount() == 0;
  }

  void pause() throws InterruptedException {
    closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stop() throws IOException, InterruptedException {
    closing.countDown();
    stopProcess();
  }

  private void keepTrying(boolean mayMove) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!attempt()) {
      if (System.nanoTime() > deadline) {
        throw ended();
      }
      port = mayMove && portTaken() ? freePort() : port;
      pause();
    }
  }

  /**
   * Whether that is settled: the server is ready, or wanted no longer. False means that another
   * attempt may do.
   */
  private synchronized boolean attempt() throws IOException, InterruptedException {
    if (stopping()) {
      return true;
    }
    Leftover.settle(data, user);
    log.forget();
    process = ServerProcess.launch(command(), log);
    if (!Wait.until(() -> stopping() || process.ended() || ready(), PATIENCE)) {
      stopProcess();
      throw new StartFailure(
          "The database was not ready within "
              + PATIENCE.toMinutes()
              + " minutes; see "
              + log.file());
    }
    return !process.ended() || settled();
  }

  private boolean settled() throws InterruptedException {
    process.joinLog();
    if (portTaken() || stillClosing()) {
      return false;
    }
    throw ended();
  }

  private StartFailure ended() {
    String reason = log.lastWith("FATAL:").or(() -> log.lastWith("")).orElse("it said nothing");
    return new StartFailure(
        "The database ended while it started: "
            + reason.replaceFirst("^.*FATAL: +", "")
            + " (more in "
            + log.file()
            + ")");
  }

  private synchronized void stopProcess() throws IOException, InterruptedException {
    if (process != null) {
      process.stop(PidFile.read(data).orElse(null));
    }
  }

  private boolean ready() throws IOException {
    return PidFile.read(data).filter(file -> file.readyOn(port)).isPresent();
  }

  private boolean portTaken() {
    return log.lastWith("could not bind").isPresent();
  }

  /** Children of a server that was killed end soon after it, but not before. */
  private boolean stillClosing() {
    return log.lastWith("shared memory block").isPresent()
        || log.lastWith("already exists").isPresent();
  }

  private List<String> command() {
    List<String> command =
        user.command(
            binaries.program("postgres"), "-D", data.toString(), "-p", Integer.toString(port));
    for (String setting : SETTINGS) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

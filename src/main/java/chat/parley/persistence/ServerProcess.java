package chat.parley.persistence;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One running server. Between it and us stands a shell that reads from us: when we close that pipe,
 * or die in any way, the shell tells the server to shut down. It has a session of its own, so that
 * Ctrl-C, which the terminal sends to the whole process group, reaches only us and the server
 * outlives the last request.
 */
final class ServerProcess {
  // The signal is repeated, as a server that has just been forked ignores it. The watcher lets go
  // of our output, whose
  // end says that the server is gone.
  private static final String WATCHDOG =
      """
      exec 3<&0 </dev/null
      "$@" 3<&- &
      server=$!
      { read -r line; while kill -INT $server; do sleep 1; done; } <&3 3<&- >/dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait $server
      status=$?
      kill $watcher
      exit $status
      """;
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

  private final Process process;
  private final Thread log;

  private ServerProcess(Process process, Thread log) {
    this.process = process;
    this.log = log;
  }

  static ServerProcess launch(List<String> server, ServerLog log) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("setsid", "sh", "-c", WATCHDOG, "parley-postgres"));
    words.addAll(server);
    try {
      Process process = Command.builder(words).start();
      return new ServerProcess(process, log.follow(process.getInputStream()));
    } catch (IOException e) {
      throw new StartFailure(
          "The database cannot be started, as the command setsid is missing: install util-linux.",
          e);
    }
  }

  boolean ended() {
    return !process.isAlive();
  }

  /** Waits until the server, or the shell beside it, ends by itself. */
  void join() throws InterruptedException {
    process.waitFor();
  }

  /** Waits until all that an ended server said has been taken down. */
  void joinLog() throws InterruptedException {
    log.join(LAST_PATIENCE.toMillis());
  }

  /**
   * Fast shutdown: sessions are cut, everything is written out; whoever does not end within a
   * minute is cut too.
   */
  void stop(PidFile server) throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      if (server != null) {
        server.signal("QUIT");
      }
      process.waitFor(LAST_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    joinLog();
  }
}

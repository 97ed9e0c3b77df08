package chat.parley.persistence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier run that was killed left in the data folder, put right before a new server
 * starts.
 */
final class Leftover {
  private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Leftover() {}

  /**
   * Stops a server that outlived its Parley: adopted, it would keep its old settings and nobody
   * would stop it. A pid that meanwhile belongs to somebody else (pids start over with every
   * container) is taken out of PostgreSQL's way.
   */
  static void settle(Path data, ServerUser user) throws IOException {
    PidFile.deleteUnlessReadable(data);
    PidFile left = PidFile.read(data).orElse(null);
    if (left == null) {
      return;
    }
    if (left.namesItsServer()) {
      LOG.warn(
          "Stopping a database server that an earlier run left behind, process {}", left.pid());
      stop(left);
    } else if (left.namesSomebodyElse()) {
      left.disown(user);
    }
  }

  private static void stop(PidFile server) throws IOException {
    for (String signal : new String[] {"INT", "QUIT"}) {
      server.signal(signal);
      if (Wait.until(() -> !server.namesItsServer(), PATIENCE)) {
        return;
      }
    }
    throw new StartFailure(
        "A database server of an earlier run does not stop: end process " + server.pid() + ".");
  }
}

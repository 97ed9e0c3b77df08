package chat.parley.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports for servers that start later, or stop and start again. Port 0 gives one of those which the
 * kernel also gives to the near end of any outgoing connection: while nobody listens, somebody else
 * may sit on it. These lie below, and none is given twice by this JVM nor by the forks beside it.
 */
public final class Ports {
  private static final int LOWEST = 10_000;
  private static final int ROUND = 100;
  private static final int FORKS = Integer.getInteger("test.fork.of", 1);
  private static final int FORK = Integer.getInteger("test.fork", 1) % FORKS;
  private static final int END = ephemeral();
  private static final Set<Integer> GIVEN = new HashSet<>();
  private static int next = first();

  private Ports() {}

  /** One on which nobody listens. */
  public static int free() {
    return free(0);
  }

  /** One that is free together with the one so far above it, which is some hundreds. */
  public static synchronized int free(int above) {
    for (; next + above < END; next++) {
      if (next % ROUND % FORKS == FORK && isFree(next) && isFree(next + above)) {
        GIVEN.add(next);
        GIVEN.add(next + above);
        return next;
      }
    }
    throw new IllegalStateException("No port is left below " + END);
  }

  /** From anywhere: others may test here too. */
  private static int first() {
    return LOWEST + (int) (ProcessHandle.current().pid() * 1_009 % ((END - LOWEST) / 2));
  }

  /** Where the kernel's own begin. */
  private static int ephemeral() {
    try {
      String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
      return Math.max(Integer.parseInt(range.strip().split("\\s+")[0]), 2 * LOWEST);
    } catch (IOException notLinux) {
      return 32_768;
    }
  }

  private static boolean isFree(int port) {
    if (GIVEN.contains(port)) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}

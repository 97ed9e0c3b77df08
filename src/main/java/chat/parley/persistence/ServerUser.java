package chat.parley.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs, which refuses to be root. For root it is entered through a user
 * namespace, where it is still root to the files and nobody to itself; containers often forbid
 * that, and there it becomes the user nobody, who is then given the database's folder.
 */
enum ServerUser {
  OURSELVES(List.of()),
  OWN_NAMESPACE(List.of("unshare", "-U")),
  NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));

  private static final String PROBE = "cd \"$1\" && \"$2\" --version";
  private static final int ROOT_ID = 0;
  private static final int NOBODY_ID = 65534;

  private final List<String> prefix;

  ServerUser(List<String> prefix) {
    this.prefix = prefix;
  }

  /** Whom to try on this machine, best first. */
  static List<ServerUser> candidates() throws IOException {
    return owner(Path.of("/proc/self")) == ROOT_ID
        ? List.of(OWN_NAMESPACE, NOBODY)
        : List.of(OURSELVES);
  }

  /**
   * The first candidate that can run {@code program}, which lies in {@code home}, which lies in
   * {@code data}.
   *
   * @throws StartFailure with the system's own words if none can
   */
  static ServerUser choose(List<ServerUser> candidates, Path data, Path home, String program)
      throws IOException {
    List<String> reasons = new ArrayList<>();
    for (ServerUser candidate : candidates) {
      candidate.enter(data, home);
      Command attempt =
          Command.run(candidate.command("sh", "-c", PROBE, "sh", home.toString(), program));
      if (attempt.succeeded()) {
        return candidate;
      }
      reasons.add(attempt.lastLine());
    }
    throw new StartFailure(
        "The database cannot run in "
            + data
            + " ("
            + String.join("; ", reasons)
            + "): start Parley"
            + " as a plain user, or choose with --data a folder every user may walk into, like /var/lib/parley.");
  }

  List<String> command(String... words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(words));
    return command;
  }

  /** Hands over a file or a whole folder, unless that was done before. */
  void own(Path tree) throws IOException {
    if (this == OURSELVES || owner(tree) == id()) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      // Children first: cut short, the top still shows that the work is not done.
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        give(path);
      }
    }
  }

  private void enter(Path data, Path home) throws IOException {
    if (this == NOBODY) {
      Files.setAttribute(data, "unix:gid", NOBODY_ID);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x---"));
    }
    if (this != OURSELVES) {
      give(home);
    }
  }

  private void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", id(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", id(), LinkOption.NOFOLLOW_LINKS);
  }

  private int id() {
    return this == NOBODY ? NOBODY_ID : ROOT_ID;
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }
}

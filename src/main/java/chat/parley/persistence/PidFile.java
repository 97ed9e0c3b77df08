package chat.parley.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL wrote about itself into {@code postmaster.pid}: line 1 its pid, 4 its port, 8 how
 * far it has come.
 */
record PidFile(Path data, long pid, String port, String status) {
  // Above the greatest pid that Linux hands out.
  private static final long NO_PROCESS = 1 << 22;

  static Optional<PidFile> read(Path data) throws IOException {
    List<String> lines = lines(file(data));
    return lines.isEmpty() || !lines.get(0).matches("-?\\d{1,9}")
        ? Optional.empty()
        : Optional.of(
            new PidFile(
                data, Math.abs(Long.parseLong(lines.get(0))), line(lines, 4), line(lines, 8)));
  }

  /**
   * Removes one that holds no pid: a power cut came before its first line was on disk, and so
   * before any server ran. One that is just being written gets the time to be.
   */
  static void deleteUnlessReadable(Path data) throws IOException {
    if (!Wait.until(
        () -> Files.notExists(file(data)) || read(data).isPresent(), Duration.ofSeconds(1))) {
      Files.deleteIfExists(file(data));
    }
  }

  /** Whether the pid still is a PostgreSQL, and one that works in this very folder. */
  boolean namesItsServer() {
    try {
      Path process = Path.of("/proc", Long.toString(pid));
      return Files.readString(process.resolve("comm")).strip().equals("postgres")
          && Files.readSymbolicLink(process.resolve("cwd")).equals(data);
    } catch (IOException e) {
      return false;
    }
  }

  boolean namesSomebodyElse() {
    return ProcessHandle.of(pid).isPresent() && !namesItsServer();
  }

  boolean readyOn(int expected) {
    return port.equals(Integer.toString(expected)) && ready();
  }

  boolean ready() {
    return status.equals("ready") && namesItsServer();
  }

  /**
   * Makes the file name no process, so that PostgreSQL sees it as left behind. It is not deleted:
   * its seventh line lets PostgreSQL find out that children of a killed server still write to the
   * data.
   */
  void disown(ServerUser user) throws IOException {
    Path file = file(data);
    List<String> lines = Files.readAllLines(file);
    lines.set(0, Long.toString(NO_PROCESS));
    Path rewritten = Files.write(data.resolve("postmaster.pid.new"), lines);
    Files.setPosixFilePermissions(rewritten, Files.getPosixFilePermissions(file));
    user.own(rewritten);
    Files.move(
        rewritten, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Sends a signal, by the name that {@code kill} knows it by. */
  void signal(String name) throws IOException {
    Command.run(List.of("sh", "-c", "kill -$1 $2", "kill", name, Long.toString(pid)));
  }

  private static Path file(Path data) {
    return data.resolve("postmaster.pid");
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static String line(List<String> lines, int number) {
    return lines.size() < number ? "" : lines.get(number - 1).strip();
  }
}

package chat.parley.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data folder while it is ours: readable by nobody else, and locked against a second server
 * until closed.
 */
final class DataFolder implements AutoCloseable {
  // Closing any handle of a file drops every lock that the process holds on it, so a second start
  // inside the same
  // process must be turned away before it opens the lock file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  // A process that was just killed holds its locks until the last of its threads is gone.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * @throws StartFailure if another server uses the folder; nothing in it was touched then
   */
  static DataFolder open(Path folder) throws IOException {
    Path path = existing(folder);
    if (!HELD.add(path)) {
      throw used(folder, String.valueOf(ProcessHandle.current().pid()));
    }
    try {
      FileChannel channel = lock(path.resolve("lock"), folder);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      return new DataFolder(path, channel);
    } catch (IOException | RuntimeException e) {
      HELD.remove(path);
      throw e;
    }
  }

  /** Whether a process uses it at this moment, this one included. Touches nothing. */
  static boolean isUsed(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return false;
    }
    Path path = folder.toRealPath();
    Path lock = path.resolve("lock");
    if (HELD.contains(path) || Files.notExists(lock)) {
      return HELD.contains(path);
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }

  Path path() {
    return path;
  }

  /** A folder inside, made if it is absent, that nobody else may enter. */
  Path folder(String name) throws IOException {
    return closedFolder(path.resolve(name));
  }

  static Path closedFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(path);
    }
  }

  private static Path existing(Path folder) throws IOException {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new StartFailure(
          "The data folder " + folder + " is a file; choose another with --data.", e);
    }
  }

  private static FileChannel lock(Path file, Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (!Wait.until(() -> channel.tryLock() != null, PATIENCE)) {
        throw used(folder, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes()));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StartFailure used(Path folder, String process) {
    return new StartFailure(
        "The data folder "
            + folder
            + " is already used by process "
            + process
            + "; stop that one first, or choose another folder with --data.");
  }
}

package chat.parley.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where files are while they come in: a folder of this process's own, in which it holds a lock.
 * What other processes left there that live no longer is swept at the start. Blocks.
 */
final class Incoming implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;

  private Incoming(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static Incoming open(Path all) throws IOException {
    Files.createDirectories(
        all, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path each : list(all)) {
      sweep(each);
    }
    Path own = Files.createDirectory(all.resolve(UUID.randomUUID().toString()));
    FileChannel channel =
        FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    return new Incoming(own, channel);
  }

  /** Unless whoever it belongs to is alive. */
  private static void sweep(Path left) throws IOException {
    if (!Files.isDirectory(left)) {
      Files.deleteIfExists(left);
      return;
    }
    try (FileChannel lock =
            FileChannel.open(
                left.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock.tryLock()) {
      if (held != null) {
        delete(left);
      }
    } catch (OverlappingFileLockException inThisProcess) {
      // Another server of this process.
    }
  }

  private static void delete(Path folder) throws IOException {
    for (Path file : list(folder)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** A file that is not there yet. */
  Path next() {
    return folder.resolve(UUID.randomUUID().toString());
  }

  @Override
  public void close() throws IOException {
    delete(folder);
    channel.close();
  }
}

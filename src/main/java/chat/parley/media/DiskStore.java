package chat.parley.media;

import chat.parley.bus.Problem;
import chat.parley.model.Media;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder, {@code ab/cdef…}: a file comes by an atomic rename within it, so it is whole or not
 * there.
 */
final class DiskStore implements MediaStore {
  private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);
  private static final int PREFIX = 2;

  private final Path folder;
  private final WorkerExecutor worker;

  DiskStore(Path folder, WorkerExecutor worker) {
    this.folder = folder;
    this.worker = worker;
  }

  @Override
  public Future<Void> keep(Path file, String hash, long size) {
    return worker
        .<Void>executeBlocking(
            () -> {
              Path target = target(hash);
              boolean fresh = Files.notExists(target.getParent());
              Files.createDirectories(target.getParent());
              Files.move(
                  file,
                  target,
                  StandardCopyOption.ATOMIC_MOVE,
                  StandardCopyOption.REPLACE_EXISTING);
              sync(target.getParent());
              if (fresh) {
                sync(folder);
              }
              return null;
            },
            false)
        .recover(
            cause -> {
              LOG.warn("A file cannot be kept: {}", cause.toString());
              return Future.failedFuture(Problem.STORAGE_FULL.failure());
            });
  }

  /** A name in a folder is on the disk only when the folder is. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Media.Place place(String hash) {
    return new Media.Place.Disk(target(hash).toString(), path(hash));
  }

  @Override
  public Future<Void> erase(String hash) {
    return worker.executeBlocking(
        () -> {
          Files.deleteIfExists(target(hash));
          return null;
        },
        false);
  }

  private Path target(String hash) {
    return folder.resolve(hash.substring(0, PREFIX)).resolve(hash.substring(PREFIX));
  }

  private static String path(String hash) {
    return hash.substring(0, PREFIX) + "/" + hash.substring(PREFIX);
  }
}

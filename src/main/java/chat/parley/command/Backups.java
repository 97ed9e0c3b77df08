package chat.parley.command;

import chat.parley.media.MediaOptions;
import chat.parley.media.StoredFiles;
import chat.parley.model.Act;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.Snapshot;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports that a running server makes by itself, one every so many hours, the newest kept. On a
 * thread of its own; what fails is said and tried again, and harms nothing else. Which is due is
 * told by the files that are there, so restarts neither skip nor repeat one.
 */
public final class Backups implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

  /**
   * How they are made.
   *
   * @param folder where they are laid; made when it is absent
   * @param keep how many are kept
   */
  public record Options(Path folder, Duration every, int keep) {}

  private final Options options;
  private final BackupFolder folder;
  private final Vertx vertx;
  private final DatabaseAddress database;
  private final MediaOptions media;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Backups::named);

  private Backups(
      Options options, Vertx vertx, DatabaseAddress database, MediaOptions media, Clock clock) {
    this.options = options;
    this.folder = new BackupFolder(options.folder());
    this.vertx = vertx;
    this.database = database;
    this.media = media;
    this.clock = clock;
  }

  private static Thread named(Runnable work) {
    Thread thread = new Thread(work, "parley-backups");
    thread.setDaemon(true);
    return thread;
  }

  /** The first is made now if none is there that is young enough. */
  public static Backups start(
      Options options, Vertx vertx, DatabaseAddress database, MediaOptions media, Clock clock) {
    Backups backups = new Backups(options, vertx, database, media, clock);
    backups.thread.execute(backups::look);
    return backups;
  }

  private void look() {
    Duration pause = LOOK;
    try {
      Files.createDirectories(options.folder());
      if (folder.isDue(clock.instant(), options.every())) {
        make();
      }
    } catch (IOException | RuntimeException failure) {
      if (thread.isShutdown()) {
        LOG.debug("A backup was broken off", failure);
        return;
      }
      pause = AFTER_FAILURE;
      LOG.error("The backup failed and is tried again in 15 minutes: {}", failure.getMessage());
    }
    next(pause);
  }

  private void next(Duration pause) {
    try {
      thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("No more backups", stopped);
    }
  }

  private void make() throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    Path target = folder.at(now);
    ServerCommand.note(
        vertx, database, Act.SERVER_EXPORT, Map.of("file", target.getFileName().toString()));
    try (Snapshot snapshot = Snapshot.of(database);
        StoredFiles store = StoredFiles.toRead(vertx, media);
        ArchiveWriter archive = new ArchiveWriter(target, now)) {
      Manifest manifest = new Exporter(snapshot, store, archive).write(now, Optional.empty());
      say(target, manifest);
    }
    folder.keep(options.keep());
  }

  private static void say(Path target, Manifest manifest) throws IOException {
    LOG.info("A backup was made: {}, {} MiB", target, (Files.size(target) >> 20) + 1);
    if (!manifest.missing().isEmpty() || !manifest.damaged().isEmpty()) {
      LOG.warn(
          "The bytes of {} files are missing and of {} damaged, see the manifest of {}",
          manifest.missing().size(),
          manifest.damaged().size(),
          target);
    }
  }

  /** Breaks one off that is being made; nothing is left of it. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.warn("A backup that is being made does not stop; its file has no name yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

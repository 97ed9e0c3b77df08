package chat.parley.command;

import chat.parley.media.MediaOptions;
import chat.parley.media.StoredFiles;
import chat.parley.model.Act;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.Snapshot;
import chat.parley.persistence.StartFailure;
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
  private final Thread thread;

  private Backups(
      Options options, Vertx vertx, DatabaseAddress database, MediaOptions media, Clock clock) {
    this.options = options;
    this.folder = new BackupFolder(options.folder());
    this.vertx = vertx;
    this.database = database;
    this.media = media;
    this.clock = clock;
    this.thread = new Thread(this::run, "parley-backups");
    thread.setDaemon(true);
  }

  /** The first is made now if none is there that is young enough. */
  public static Backups start(
      Options options, Vertx vertx, DatabaseAddress database, MediaOptions media, Clock clock) {
    Backups backups = new Backups(options, vertx, database, media, clock);
    backups.thread.start();
    return backups;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(look().toMillis());
      }
    } catch (InterruptedException stopped) {
      LOG.debug("No more backups", stopped);
    }
  }

  /** Gives how long to wait before the next look. */
  private Duration look() throws InterruptedException {
    try {
      Files.createDirectories(options.folder());
      if (folder.isDue(clock.instant(), options.every())) {
        make();
      }
      return LOOK;
    } catch (IOException | StartFailure | Refused failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      LOG.error("The backup failed and is tried again in 15 minutes: {}", failure.getMessage());
      return AFTER_FAILURE;
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
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

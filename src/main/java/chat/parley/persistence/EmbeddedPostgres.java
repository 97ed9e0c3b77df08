package chat.parley.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that Parley brings with it: a PostgreSQL 18 of its own in {@code <data>/pg18},
 * reached from this machine only and with a generated password only. It dies with this process
 * however that ends, comes back by itself when it is killed, and heals what an earlier crash left.
 * Linux on x86-64 and arm64 only.
 *
 * <p>The first start unpacks and creates (about 3 s), any other takes well below one, and after a
 * crash as long as PostgreSQL needs to replay its log.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final Duration COMES_UP = Duration.ofSeconds(10);

  private final DataFolder folder;
  private final DatabaseServer server;
  private final DatabaseAddress address;

  private EmbeddedPostgres(DataFolder folder, DatabaseServer server, DatabaseAddress address) {
    this.folder = folder;
    this.server = server;
    this.address = address;
  }

  /**
   * Returns when the server takes connections; whether it is durable is asked by {@link FirstLook}.
   *
   * @throws StartFailure in words for the operator; nothing is left running then
   */
  public static EmbeddedPostgres start(Path dataFolder) {
    return start(dataFolder, null);
  }

  static EmbeddedPostgres start(Path dataFolder, List<ServerUser> candidates) {
    try {
      DataFolder folder = DataFolder.open(dataFolder);
      try {
        return start(folder, candidates == null ? ServerUser.candidates() : candidates);
      } catch (IOException | InterruptedException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StartFailure(
          "The database in " + dataFolder + " cannot be started: " + words(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start of the database was interrupted.", e);
    }
  }

  /**
   * Where the server listens that another process, or this one, runs in a data folder; empty when
   * nobody uses the folder. Starts nothing and stops nothing.
   *
   * @throws StartFailure when the folder is used, but its server does not come up within seconds
   */
  public static Optional<DatabaseAddress> running(Path dataFolder) {
    try {
      return DataFolder.isUsed(dataFolder)
          ? Optional.of(addressIn(dataFolder.toRealPath().resolve("pg" + PostgresBinaries.MAJOR)))
          : Optional.empty();
    } catch (IOException e) {
      throw new StartFailure("The data folder " + dataFolder + " cannot be read: " + words(e), e);
    }
  }

  /** Whether there is a database in a data folder. */
  public static boolean isIn(Path dataFolder) {
    return Files.exists(DataDirectory.path(dataFolder.resolve("pg" + PostgresBinaries.MAJOR)));
  }

  private static DatabaseAddress addressIn(Path home) throws IOException {
    Path data = DataDirectory.path(home);
    if (!Wait.until(() -> PidFile.read(data).filter(PidFile::ready).isPresent(), COMES_UP)) {
      throw new StartFailure(
          "The data folder " + home.getParent() + " is used, but its database does not run (yet).");
    }
    int port = Integer.parseInt(PidFile.read(data).orElseThrow().port());
    return DatabaseAddress.local(
        port, DataDirectory.NAME, DataDirectory.NAME, DataDirectory.passwordIn(home));
  }

  public DatabaseAddress address() {
    return address;
  }

  /**
   * Fast shutdown: cuts the sessions, writes everything out, waits for the end. Once is as good as
   * twice.
   */
  @Override
  public void close() {
    try (folder) {
      server.stop();
    } catch (IOException e) {
      LOG.warn("The database did not stop cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static EmbeddedPostgres start(DataFolder folder, List<ServerUser> candidates)
      throws IOException, InterruptedException {
    DataDirectory.refuseOtherMajor(folder.path());
    Path home = folder.folder("pg" + PostgresBinaries.MAJOR);
    PostgresBinaries binaries = PostgresBinaries.unpackInto(home);
    ServerUser user =
        ServerUser.choose(candidates, folder.path(), home, binaries.program("postgres"));
    DataDirectory directory = new DataDirectory(home, binaries, user);
    Path data = directory.prepare();
    DatabaseServer server =
        new DatabaseServer(data, binaries, user, new ServerLog(folder.folder("logs")));
    try {
      server.start(DatabaseServer.freePort());
      DatabaseAddress address =
          DatabaseAddress.local(
              server.port(), DataDirectory.NAME, DataDirectory.NAME, directory.password());
      binaries.deleteOthers();
      return new EmbeddedPostgres(folder, server, address).supervised();
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  private EmbeddedPostgres supervised() {
    Thread thread = new Thread(this::supervise, "postgresql-supervisor");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void supervise() {
    try {
      for (server.join(); !server.stopping(); server.join()) {
        LOG.error("The database server ended unexpectedly; starting it again");
        revive();
      }
    } catch (InterruptedException e) {
      LOG.debug("No longer watching the database server", e);
    }
  }

  private void revive() throws InterruptedException {
    try {
      server.restart();
      LOG.info("The database server runs again");
    } catch (IOException | StartFailure e) {
      LOG.error("The database server cannot be started again: {}", e.getMessage());
      server.pause();
    }
  }

  private static String words(Exception e) {
    // The class belongs to it: the message of a missing file, for one, is its bare name.
    return e.getClass().getSimpleName()
        + ": "
        + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}

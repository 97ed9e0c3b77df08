package chat.parley.command;

import chat.parley.Config;
import chat.parley.Setting;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.EmbeddedPostgres;
import chat.parley.persistence.ExternalPostgres;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The database that the settings name, for as long as a command needs it: somebody's own; or the
 * one in the data folder, by the server that runs on it, else started for the command and stopped
 * after it. There is never a second server on a folder: whoever started the first holds its lock.
 */
final class Reach implements AutoCloseable {
  private final DatabaseAddress address;
  private final EmbeddedPostgres started;

  private Reach(DatabaseAddress address, EmbeddedPostgres started) {
    this.address = address;
    this.started = started;
  }

  /** What is there; refuses a data folder without a database rather than to make one. */
  static Reach existing(Config config) {
    if (isOwn(config) && !EmbeddedPostgres.isIn(data(config))) {
      throw new Refused(
          "There is no database in "
              + data(config).toAbsolutePath().normalize()
              + ": name the server's folder with --data, or its database with --database-url.");
    }
    return any(config);
  }

  /** What is there, or a new one. */
  static Reach any(Config config) {
    Optional<DatabaseAddress> running =
        isOwn(config) ? EmbeddedPostgres.running(data(config)) : Optional.of(external(config));
    return running.map(address -> new Reach(address, null)).orElseGet(() -> started(config));
  }

  /** The same, for what no server may use meanwhile. */
  static Reach alone(Config config) {
    if (isOwn(config) && EmbeddedPostgres.running(data(config)).isPresent()) {
      throw new Refused(
          "A server runs on the data folder "
              + data(config)
              + ": stop it first. Nothing was changed.");
    }
    return any(config);
  }

  private static Reach started(Config config) {
    EmbeddedPostgres server = EmbeddedPostgres.start(data(config));
    return new Reach(server.address(), server);
  }

  /** Whether the database is the one in the data folder. */
  static boolean isOwn(Config config) {
    return config.get(Setting.DATABASE_URL).isEmpty();
  }

  private static Path data(Config config) {
    return Path.of(config.get(Setting.DATA));
  }

  private static DatabaseAddress external(Config config) {
    DatabaseAddress address =
        DatabaseAddress.parse(
            config.get(Setting.DATABASE_URL),
            config.get(Setting.DATABASE_USER),
            config.get(Setting.DATABASE_PASSWORD));
    ExternalPostgres.check(address, config.isOn(Setting.ALLOW_FSYNC_OFF));
    return address;
  }

  DatabaseAddress address() {
    return address;
  }

  /** Whether the database was running before the command came. */
  boolean wasRunning() {
    return started == null;
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }
}

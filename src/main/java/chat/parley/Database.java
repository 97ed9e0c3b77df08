package chat.parley;

import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.EmbeddedPostgres;
import chat.parley.persistence.ExternalPostgres;
import chat.parley.persistence.FirstLook;
import chat.parley.persistence.Migrations;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/**
 * The database, ours or somebody else's, with the schema that this jar expects. Blocks: never on an
 * event loop.
 */
final class Database implements AutoCloseable {
  private final DatabaseAddress address;
  private final EmbeddedPostgres embedded;

  private Database(DatabaseAddress address, EmbeddedPostgres embedded) {
    this.address = address;
    this.embedded = embedded;
  }

  /** Throws {@link chat.parley.persistence.StartFailure}; nothing is left running then. */
  static Database open(Config config, Vertx vertx) {
    Database database =
        config.get(Setting.DATABASE_URL).isEmpty() ? embedded(config) : external(config);
    try {
      FirstLook look = FirstLook.at(vertx, database.address);
      if (database.embedded != null) {
        look.requireDurable();
      }
      Migrations.run(database.address, look);
      return database;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  DatabaseAddress address() {
    return address;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }

  private static Database embedded(Config config) {
    EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(config.get(Setting.DATA)));
    return new Database(server.address(), server);
  }

  private static Database external(Config config) {
    DatabaseAddress address =
        DatabaseAddress.parse(
            config.get(Setting.DATABASE_URL),
            config.get(Setting.DATABASE_USER),
            config.get(Setting.DATABASE_PASSWORD));
    ExternalPostgres.check(address, config.isOn(Setting.ALLOW_FSYNC_OFF));
    return new Database(address, null);
  }
}

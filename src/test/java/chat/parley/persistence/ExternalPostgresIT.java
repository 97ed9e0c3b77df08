package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said about a server that cannot be used; ours plays the stranger. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExternalPostgresIT {
  @RegisterExtension static final Folders FOLDERS = new Folders();

  private static EmbeddedPostgres postgres;
  private static DatabaseAddress address;

  @BeforeAll
  static void started() throws Exception {
    postgres = EmbeddedPostgres.start(FOLDERS.unpacked());
    address = postgres.address();
  }

  @AfterAll
  static void stopped() {
    postgres.close();
  }

  @Test
  void fitServerPasses() {
    assertDoesNotThrow(() -> ExternalPostgres.check(address, false));
  }

  @Test
  void unreachableServerIsNamed() {
    refused(
        DatabaseAddress.local(1, "parley", "parley", "x"), "127.0.0.1:1/parley cannot be reached");
  }

  @Test
  void unknownHostIsNamed() {
    refused(
        DatabaseAddress.parse("postgresql://no-such-host.invalid/db", "a", "b"),
        "no-such-host.invalid:5432/db cannot be reached");
  }

  @Test
  void wrongPasswordIsCalledThat() {
    String said = refused(address(address.database(), "not-it"), "refuses user and password");
    assertFalse(said.contains("not-it"));
  }

  @Test
  void missingPasswordIsCalledThat() {
    refused(address(address.database(), ""), "password is an empty string");
  }

  @Test
  void unknownDatabaseIsNamed() {
    refused(address("elsewhere", address.password()), "no database 'elsewhere'");
  }

  @Test
  void demandForEncryptionThatTheServerLacksIsSaid() {
    refused(parsed("?sslmode=require"), "SSL");
  }

  @Test
  void serverThatMayLoseMessagesIsRefusedUnlessTold() throws Exception {
    try (Strange strange = new Strange("fsync=off")) {
      refused(strange.address, "fsync=off");
      assertDoesNotThrow(() -> ExternalPostgres.check(strange.address, true));
    }
  }

  @Test
  void poolGetsTheSafeSettings() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Pool pool = PgBuilder.pool().connectingTo(parsed("").toConnectOptions()).using(vertx).build();
      Row row =
          pool.query(
                  "SELECT current_setting('synchronous_commit'), current_setting('statement_timeout'),"
                      + " current_setting('lock_timeout'), current_setting('application_name')")
              .execute()
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS)
              .iterator()
              .next();
      assertEquals(
          List.of("on", "5s", "4s", "parley"),
          List.of(row.getString(0), row.getString(1), row.getString(2), row.getString(3)));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static DatabaseAddress parsed(String parameters) {
    return DatabaseAddress.parse(
        "postgresql://127.0.0.1:" + address.port() + "/parley" + parameters,
        "parley",
        address.password());
  }

  private static DatabaseAddress address(String database, String password) {
    return DatabaseAddress.local(address.port(), database, address.user(), password);
  }

  private static String refused(DatabaseAddress wrong, String because) {
    StartFailure failure =
        assertThrows(StartFailure.class, () -> ExternalPostgres.check(wrong, false));
    assertTrue(failure.getMessage().contains(because), failure.getMessage());
    return failure.getMessage();
  }

  /** The same programs, started by hand with a setting that Parley would never choose. */
  private static final class Strange implements AutoCloseable {
    private final Path data;
    private final DatabaseAddress address;
    private final ServerProcess process;

    Strange(String setting) throws Exception {
      Path folder = FOLDERS.unpacked().toRealPath();
      try (EmbeddedPostgres made = EmbeddedPostgres.start(folder)) {
        address = made.address();
      }
      data = folder.resolve("pg18/data");
      process =
          ServerProcess.launch(
              ServerUser.candidates()
                  .get(0)
                  .command(
                      PostgresBinaries.unpackInto(folder.resolve("pg18")).program("postgres"),
                      "-D",
                      data.toString(),
                      "-p",
                      Integer.toString(address.port()),
                      "-c",
                      "listen_addresses=127.0.0.1",
                      "-c",
                      "unix_socket_directories=",
                      "-c",
                      setting),
              new ServerLog(folder.resolve("logs")));
      assertTrue(
          Wait.until(
              () -> PidFile.read(data).filter(f -> f.readyOn(address.port())).isPresent(),
              Duration.ofSeconds(20)));
    }

    @Override
    public void close() throws IOException {
      try {
        process.stop(PidFile.read(data).orElse(null));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

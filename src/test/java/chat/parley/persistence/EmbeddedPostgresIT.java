package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server in ordinary times: durable, closed to strangers, alone on its folder. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedPostgresIT {
  @RegisterExtension static final Folders FOLDERS = new Folders();

  private static Path folder;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void started() throws IOException {
    folder = FOLDERS.unpacked();
    postgres = EmbeddedPostgres.start(folder);
  }

  @AfterAll
  static void stopped() {
    postgres.close();
  }

  @Test
  void rowsOutliveARestart() throws SQLException {
    Query.run(postgres.address(), "CREATE TABLE kept AS SELECT 'grün' AS word");
    restart();
    assertEquals("grün", Query.value(postgres.address(), "SELECT word FROM kept"));
  }

  @Test
  void nothingThatMakesItDurableIsOff() throws SQLException {
    for (String setting : Durability.ALL) {
      assertEquals("on", Query.value(postgres.address(), "SHOW " + setting), setting);
    }
  }

  @Test
  void settingThatIsOffIsFoundAtTheCheck() throws SQLException {
    try (Connection connection = postgres.address().dataSource().getConnection()) {
      connection.createStatement().execute("SET synchronous_commit = off");
      assertEquals(List.of("synchronous_commit=off"), Durability.notOn(connection, Durability.ALL));
    }
  }

  @Test
  void onlyTheGeneratedPasswordLetsIn() {
    for (String user : List.of("parley", "postgres", "root")) {
      for (String password : List.of("", "postgres", "parley")) {
        DatabaseAddress guessed =
            DatabaseAddress.local(postgres.address().port(), "postgres", user, password);
        SQLException refused =
            assertThrows(SQLException.class, () -> Query.value(guessed, "SELECT 1"));
        assertTrue(
            List.of("28P01", "08004").contains(refused.getSQLState()), refused.getSQLState());
      }
    }
  }

  @Test
  void parleyIsNoSuperuserButOwnsItsDatabase() throws SQLException {
    assertEquals("off", Query.value(postgres.address(), "SHOW is_superuser"));
    Query.run(postgres.address(), "CREATE EXTENSION pg_trgm");
  }

  @Test
  void folderIsClosedToOthersAlsoIfItWasOpened() throws Exception {
    postgres.close();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        folder.resolve("pg18/data"), PosixFilePermissions.fromString("rwxrwxrwx"));
    postgres = EmbeddedPostgres.start(folder);
    for (String closed : List.of("", "pg18", "pg18/data", "logs")) {
      assertEquals("rwx------", mode(folder.resolve(closed)), closed);
    }
    assertEquals("rw-------", mode(folder.resolve("pg18/password")));
  }

  @Test
  void secondServerInThisProcessIsRefused() throws SQLException {
    refusesASecond(
        () -> {
          throw assertThrows(StartFailure.class, () -> EmbeddedPostgres.start(folder));
        });
  }

  @Test
  void secondServerInAnotherProcessIsRefused() throws SQLException {
    refusesASecond(
        () -> {
          try (ServerJvm second = ServerJvm.launch(folder)) {
            throw new StartFailure(second.says("failed"));
          }
        });
  }

  @Test
  void killedServerComesBackAtTheSameAddress() throws Exception {
    Query.run(postgres.address(), "CREATE TABLE survivor AS SELECT 1");
    long killed = postmaster();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    awaitAnother(killed);
    assertEquals("1", Query.value(postgres.address(), "SELECT count(*) FROM survivor"));
  }

  @Test
  void serverWhoseWatchdogWasKilledGetsAnother() throws Exception {
    ProcessHandle server = ProcessHandle.of(postmaster()).orElseThrow();
    server.parent().orElseThrow().destroyForcibly();
    awaitAnother(server.pid());
    assertFalse(ServerJvm.runs(server));
  }

  @Test
  void closingTwiceIsAsGoodAsOnce() throws Exception {
    ProcessHandle server = ProcessHandle.of(postmaster()).orElseThrow();
    postgres.close();
    postgres.close();
    assertFalse(ServerJvm.runs(server));
    assertFalse(Files.exists(folder.resolve("pg18/data/postmaster.pid")));
    postgres = EmbeddedPostgres.start(folder);
  }

  @Test
  void databaseOfAnotherMajorIsRefused() throws IOException {
    Path other = FOLDERS.unpacked();
    Files.writeString(
        Files.createDirectories(other.resolve("pg17/data")).resolve("PG_VERSION"), "17\n");
    StartFailure refused = assertThrows(StartFailure.class, () -> EmbeddedPostgres.start(other));
    assertTrue(refused.getMessage().contains("PostgreSQL 17"), refused.getMessage());
    assertFalse(Files.exists(other.resolve("pg18/data")));
  }

  @Test
  void portThatAnotherProgramTookIsGivenUp() throws Exception {
    postgres.close();
    Path home = folder.toRealPath().resolve("pg18");
    DatabaseServer server =
        new DatabaseServer(
            home.resolve("data"),
            PostgresBinaries.unpackInto(home),
            ServerUser.candidates().get(0),
            new ServerLog(folder.resolve("logs")));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.start(taken.getLocalPort());
      assertNotEquals(taken.getLocalPort(), server.port());
    } finally {
      server.stop();
      postgres = EmbeddedPostgres.start(folder);
    }
  }

  @Test
  void noSocketIsLeftInTheFileSystem() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("pg18/data"))) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".s.PGSQL")));
    }
    assertFalse(Files.exists(Path.of("/tmp/.s.PGSQL." + postgres.address().port())));
  }

  private interface Attempt {
    void make() throws IOException;
  }

  private void refusesASecond(Attempt attempt) throws SQLException {
    StartFailure refused = assertThrows(StartFailure.class, attempt::make);
    assertTrue(
        refused.getMessage().contains("already used by process " + ProcessHandle.current().pid()),
        refused.getMessage());
    assertEquals("1", Query.value(postgres.address(), "SELECT 1"));
  }

  private static void restart() {
    postgres.close();
    postgres = EmbeddedPostgres.start(folder);
  }

  private static void awaitAnother(long server) throws IOException {
    assertTrue(
        Wait.until(
            () -> pidFile().filter(file -> file.pid() != server).isPresent() && answers(),
            Duration.ofSeconds(10)));
  }

  private static boolean answers() {
    try {
      return Query.value(postgres.address(), "SELECT 1").equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  private static long postmaster() throws IOException {
    return pidFile().orElseThrow().pid();
  }

  private static Optional<PidFile> pidFile() throws IOException {
    return PidFile.read(folder.toRealPath().resolve("pg18/data"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

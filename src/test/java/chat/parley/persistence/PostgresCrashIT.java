package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whoever is killed, in whatever order: the server never outlives its Parley for long, and the next
 * start heals.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresCrashIT {
  @RegisterExtension static final Folders FOLDERS = new Folders();

  private static Path folder;
  private static int rows;

  @BeforeAll
  static void createDatabase() throws IOException, SQLException {
    folder = FOLDERS.unpacked();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      Query.run(postgres.address(), "CREATE TABLE kept (n int)");
    }
  }

  @AfterEach
  void everyRowIsThereAtTheNextStart() throws SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      assertEquals(
          Integer.toString(rows), Query.value(postgres.address(), "SELECT count(*) FROM kept"));
    }
  }

  @Test
  void killedParleyTakesItsServerAlong() throws Exception {
    try (ServerJvm parley = launched()) {
      ProcessHandle server = parley.postmaster();
      ServerJvm.kill(parley.handle());
      ServerJvm.awaitEnd(server);
    }
    assertFalse(Files.exists(pidFile()), "it had time to shut down");
  }

  @Test
  void killedParleyAndShellTakeTheirServerAlong() throws Exception {
    try (ServerJvm parley = launched()) {
      ProcessHandle server = parley.postmaster();
      ProcessHandle shell = parley.shell();
      ServerJvm.kill(parley.handle(), shell);
      ServerJvm.awaitEnd(server);
    }
  }

  @Test
  void orphanIsStoppedByTheNextStart() throws Exception {
    try (ServerJvm parley = launched()) {
      ProcessHandle server = parley.postmaster();
      ProcessHandle shell = parley.shell();
      ServerJvm.kill(parley.watcher(), parley.handle(), shell);
      assertTrue(ServerJvm.runs(server), "nobody was left to stop it");
      try (EmbeddedPostgres next = EmbeddedPostgres.start(folder)) {
        assertFalse(ServerJvm.runs(server));
        assertEquals("on", Query.value(next.address(), "SHOW fsync"));
      }
    }
  }

  @Test
  void allKilledRecovers() throws Exception {
    try (ServerJvm parley = launched()) {
      ProcessHandle server = parley.postmaster();
      ProcessHandle shell = parley.shell();
      ServerJvm.kill(parley.watcher(), parley.handle(), shell, server);
      assertTrue(Files.exists(pidFile()), "nothing was shut down");
    }
  }

  @Test
  void killedWhileItStartsLeavesNothingRunning() throws Exception {
    try (ServerJvm parley = ServerJvm.launch(folder)) {
      Wait.until(() -> PidFile.read(data()).isPresent(), Duration.ofSeconds(20));
      ProcessHandle server = parley.postmaster();
      ServerJvm.kill(parley.handle());
      ServerJvm.awaitEnd(server);
    }
  }

  @Test
  void interruptReachesParleyButNotItsServer() throws Exception {
    Files.deleteIfExists(ServerJvm.drained(folder));
    try (ServerJvm parley = launched()) {
      ProcessHandle server = parley.postmaster();
      assertTrue(
          Command.run(List.of("sh", "-c", "kill -INT -$1", "kill", Long.toString(parley.pid())))
              .succeeded());
      parley.says("draining");
      insert(parley);
      Files.createFile(ServerJvm.drained(folder));
      ServerJvm.awaitEnd(parley.handle());
      ServerJvm.awaitEnd(server);
    }
    assertFalse(Files.exists(pidFile()), "it had time to shut down");
  }

  @Test
  void pidOfALivingStrangerIsNotTakenForTheServer() throws Exception {
    leaveBehind(ProcessHandle.current().pid());
  }

  @Test
  void pidOfAnotherFoldersServerIsNotTakenForOurs() throws Exception {
    try (EmbeddedPostgres other = EmbeddedPostgres.start(FOLDERS.unpacked())) {
      leaveBehind(PidFile.read(FOLDERS.last().resolve("pg18/data")).orElseThrow().pid());
      everyRowIsThereAtTheNextStart();
      assertEquals("1", Query.value(other.address(), "SELECT 1"));
    }
  }

  @Test
  void emptyPidFileOfAPowerCutDoesNotStopTheStart() throws Exception {
    Files.createFile(
        pidFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static ServerJvm launched() throws IOException, SQLException {
    ServerJvm parley = ServerJvm.launch(folder).ready();
    insert(parley);
    return parley;
  }

  private static void insert(ServerJvm parley) throws IOException, SQLException {
    Query.run(parley.address(), "INSERT INTO kept VALUES (1)");
    rows++;
  }

  private static void leaveBehind(long pid) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                Long.toString(pid),
                data().toString(),
                "1790000000",
                "5432",
                "",
                "127.0.0.1",
                "  1234567         0",
                "ready   "));
    Files.createFile(
        pidFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(pidFile(), lines);
  }

  private static Path data() throws IOException {
    return folder.toRealPath().resolve("pg18/data");
  }

  private static Path pidFile() throws IOException {
    return data().resolve("postmaster.pid");
  }
}

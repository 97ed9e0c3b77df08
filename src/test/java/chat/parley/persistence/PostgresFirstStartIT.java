package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a database comes to be: also when it is interrupted, and whoever starts it. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresFirstStartIT {
  // Has a name on every Linux; initdb refuses users without one.
  private static final int SOMEBODY = 1;

  @RegisterExtension static final Folders FOLDERS = new Folders();

  @Test
  void emptyFolderOrHalfUnpackedOneBecomesADatabase() throws Exception {
    Path folder = FOLDERS.empty();
    Files.createDirectories(folder.resolve("pg18/bin-unfinished/lib"));
    Files.createDirectories(folder.resolve("pg18/bin-0123456789abcdef/bin"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      assertEquals("UTF8", Query.value(postgres.address(), "SHOW server_encoding"));
      assertEquals("äöé", Query.value(postgres.address(), "SELECT lower('ÄÖÉ')"));
    }
    List<String> left = names(folder.resolve("pg18")).toList();
    assertTrue(left.size() == 3 && left.containsAll(List.of("data", "password")), left.toString());
  }

  @Test
  void interruptedCreationIsBegunAnew() throws Exception {
    Path folder = FOLDERS.unpacked();
    try (ServerJvm parley = ServerJvm.launch(folder)) {
      assertTrue(
          Wait.until(
              () -> names(folder.resolve("pg18")).anyMatch(this::halfMade),
              Duration.ofSeconds(20)));
      ServerJvm.kill(parley.handle());
    }
    assertFalse(Files.exists(folder.resolve("pg18/data")));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      assertEquals("1", Query.value(postgres.address(), "SELECT 1"));
    }
    // What initdb still wrote when its parent was gone already is swept at the next start.
    assertTrue(
        Wait.until(
            () -> {
              EmbeddedPostgres.start(folder).close();
              return names(folder.resolve("pg18")).noneMatch(this::halfMade);
            },
            Duration.ofSeconds(20)));
  }

  @Test
  void rootWithoutNamespacesLetsNobodyServe() throws Exception {
    assumeTrue(root());
    Path folder = FOLDERS.unpacked();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, List.of(ServerUser.NOBODY))) {
      Query.run(postgres.address(), "CREATE TABLE kept AS SELECT 1");
      assertEquals(65534, Files.getAttribute(folder.resolve("pg18/data"), "unix:uid"));
      assertEquals(
          "rwx--x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      assertEquals("1", Query.value(postgres.address(), "SELECT count(*) FROM kept"));
    }
  }

  @Test
  void folderThatNobodyMayWalkIntoIsRefusedInWords() throws Exception {
    assumeTrue(root());
    Path folder = FOLDERS.unpacked();
    Path closed = Files.createDirectory(FOLDERS.parent().resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Path inside = Files.move(folder, closed.resolve("data"));
    StartFailure refused =
        assertThrows(
            StartFailure.class, () -> EmbeddedPostgres.start(inside, List.of(ServerUser.NOBODY)));
    assertTrue(refused.getMessage().contains("every user may walk into"), refused.getMessage());
    EmbeddedPostgres.start(inside).close();
  }

  @Test
  void plainUserRunsItAsThemselves() throws Exception {
    assumeTrue(root(), "else every test here is this one");
    Path folder = FOLDERS.unpacked();
    give(folder);
    give(folder.resolve("pg18"));
    List<String> prefix =
        List.of("setpriv", "--reuid=" + SOMEBODY, "--regid=" + SOMEBODY, "--clear-groups", "--");
    try (ServerJvm parley = ServerJvm.launch(folder, prefix, readableClassPath()).ready()) {
      assertEquals("1", Query.value(parley.address(), "SELECT 1"));
      assertEquals(
          SOMEBODY, Files.getAttribute(Path.of("/proc/" + parley.postmaster().pid()), "unix:uid"));
    }
  }

  private static boolean root() throws IOException {
    return ServerUser.candidates().contains(ServerUser.NOBODY);
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", SOMEBODY);
  }

  /** The class path's few needed parts, copied to where everybody may read. */
  private static String readableClassPath() throws IOException {
    Path copies = Files.createDirectory(FOLDERS.parent().resolve("classes"));
    for (String entry : System.getProperty("java.class.path").split(":")) {
      if (entry.matches(
          ".*(classes|target/parley|postgres|slf4j|logback|commons-|xz-|vertx-(core|sql|pg)|netty-(common|buffer)).*")) {
        copy(Path.of(entry), copies.resolve(Path.of(entry).getFileName()));
      }
    }
    try (Stream<Path> all = Files.list(copies)) {
      return all.map(Path::toString).collect(Collectors.joining(":"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private boolean halfMade(String name) {
    return name.startsWith("data-unfinished");
  }

  private static Stream<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }
}

package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.persistence.CrashingServer.Step;
import chat.parley.testing.Await;
import chat.parley.testing.Pictures;
import chat.parley.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I17: a server that is killed between any two steps of keeping a file, or of taking one away, has
 * lost nothing that it acknowledged; and once it is at rest again no bytes are there without a row,
 * and no row without its bytes.
 */
class MediaCrashIT {
  private static final String INTEND = "media.intend";
  private static final String ADD = "media.add";
  private static final String ERASE = "media.erase";

  @TempDir Path folder;
  @TempDir Path pictures;

  private final DatabaseAddress database = TestDatabase.fresh();

  /** What was acknowledged, by its hash. */
  private final Map<String, Path> kept = new LinkedHashMap<>();

  private int made;

  @Test
  void i17_whereverItIsKilledNothingIsLostAndNothingIsLeft() throws IOException {
    killedOnTheWayIn(Step.before("media.keep", 2), picture());
    killedOnTheWayIn(Step.after(INTEND, 2), picture());
    killedOnTheWayIn(Step.before(ADD, 2), picture());
    // Bytes that somebody has are expected once more.
    killedOnTheWayIn(Step.after(INTEND, 2), kept.values().iterator().next());
    killedOnTheWayIn(Step.after(ADD, 2), picture());
    killedOnTheWayOut(Step.before(ERASE, 1));
    killedOnTheWayOut(Step.after(ERASE, 1));
    try (CrashingServer server = start(Step.never())) {
      assertEquals(List.of(), server.kept());
      assertAtRest();
      assertTrue(server.isAlive());
    }
  }

  private CrashingServer start(Step step, Path... files) {
    return CrashingServer.start(database, folder, step, files);
  }

  /** Each is another; large enough for a small one to be made of it. */
  private Path picture() throws IOException {
    Path file = pictures.resolve("" + made++);
    return Files.write(file, Pictures.halves("png", 600 + made, 500));
  }

  /** One file is acknowledged, in the middle of the other the server is killed. */
  private void killedOnTheWayIn(Step step, Path other) throws IOException {
    Path file = picture();
    try (CrashingServer server = start(step, file, other)) {
      List<String> acknowledged = server.kept();
      assertEquals(1, acknowledged.size(), step::toString);
      kept.put(acknowledged.get(0), file);
      assertEquals(CrashingServer.KILLED, server.awaitEnd());
    }
    aDayPasses();
    assertNothingIsLost();
  }

  /** The last of them is not wanted any more; in the middle of erasing it the server is killed. */
  private void killedOnTheWayOut(Step step) {
    List<String> all = List.copyOf(kept.keySet());
    String last = all.get(all.size() - 1);
    kept.remove(last);
    change(
        "update media set unused_since = now() - interval '25 hours' where hash = decode('%s', 'hex')"
            .formatted(last));
    try (CrashingServer server = start(step)) {
      Await.until(
          "it is killed",
          () -> {
            aDayPasses();
            return !server.isAlive();
          });
      assertEquals(CrashingServer.KILLED, server.awaitEnd());
    }
    assertNothingIsLost();
  }

  private void assertNothingIsLost() {
    kept.forEach(
        (hash, file) -> {
          Path there = folder.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
          try {
            assertEquals(-1, Files.mismatch(file, there));
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
          assertTrue(wanted().contains(hash), hash);
        });
  }

  private void assertAtRest() {
    Await.until("rows and files agree", () -> blobs().equals(onDisk()) && blobs().equals(wanted()));
    assertEquals(0, comingIn(), "nothing is half there");
    assertNothingIsLost();
  }

  private Set<String> blobs() {
    return column("select encode(hash, 'hex') from media_blobs");
  }

  private Set<String> wanted() {
    return column(
        "select encode(hash, 'hex') from media union select encode(thumbnail, 'hex') from media");
  }

  private void aDayPasses() {
    change("update media_blobs set unused_since = unused_since - interval '25 hours'");
  }

  private Set<String> onDisk() {
    return under(folder)
        .filter(each -> !each.startsWith(folder.resolve("incoming")))
        .map(each -> each.getParent().getFileName() + "" + each.getFileName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private long comingIn() {
    return under(folder.resolve("incoming")).filter(each -> !each.endsWith("lock")).count();
  }

  private static Stream<Path> under(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException | UncheckedIOException meanwhile) {
      return Stream.of();
    }
  }

  private void change(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<String> column(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Set<String> values = new TreeSet<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

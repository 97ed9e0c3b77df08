package chat.parley.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFolderTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

  @TempDir private Path path;
  private BackupFolder folder;

  @BeforeEach
  void open() {
    folder = new BackupFolder(path);
  }

  @Test
  void nextIsDueWhenTheNewestIsOldEnough() throws IOException {
    assertTrue(folder.isDue(NOON, DAY), "there is none");
    Files.createFile(folder.at(NOON.minus(DAY)));
    Files.createFile(folder.at(NOON.minus(DAY.multipliedBy(3))));
    assertEquals(Optional.of(NOON.minus(DAY)), folder.newest());
    assertTrue(folder.isDue(NOON, DAY));
    assertFalse(folder.isDue(NOON.minusSeconds(1), DAY));
  }

  @Test
  void oldestGoAndNothingElse() throws IOException {
    for (int day = 0; day < 5; day++) {
      Files.createFile(folder.at(NOON.plus(DAY.multipliedBy(day))));
    }
    Set<String> others =
        Set.of("parley-of-mine.tar.gz", "parley-20260101T0000Z.tar.gz.part", "photos.tar.gz");
    for (String other : others) {
      Files.createFile(path.resolve(other));
    }
    folder.keep(2);
    try (Stream<Path> left = Files.list(path)) {
      assertEquals(
          Stream.concat(
                  others.stream(),
                  Stream.of("parley-20261204T1200Z.tar.gz", "parley-20261205T1200Z.tar.gz"))
              .collect(Collectors.toSet()),
          left.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    folder.keep(9);
    assertEquals(Optional.of(NOON.plus(DAY.multipliedBy(4))), folder.newest());
  }
}

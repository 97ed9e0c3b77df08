package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
  @TempDir Path folder;

  @Test
  void talkativeServerCannotFillTheDisk() throws Exception {
    print(
        new ServerLog(folder, 1_000),
        "a line of thirty characters ..\n".repeat(1_000) + "the end\n");
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.mapToLong(file -> file.toFile().length()).sum() < 2_200);
    }
    assertTrue(Files.readString(folder.resolve("postgresql.log")).endsWith("the end\n"));
  }

  @Test
  void nextServerWritesOn() throws Exception {
    ServerLog log = new ServerLog(folder);
    print(log, "one\n");
    print(log, "two\n");
    assertEquals("one\ntwo\n", Files.readString(log.file()));
  }

  @Test
  void newestReasonIsRememberedEvenIfNothingCanBeWritten() throws Exception {
    ServerLog log = new ServerLog(folder.resolve("absent"));
    print(log, "FATAL:  one\nFATAL:  two\nLOG:  bye\n");
    assertEquals("FATAL:  two", log.lastWith("FATAL:").orElseThrow());
  }

  private static void print(ServerLog log, String output) throws InterruptedException {
    log.follow(new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8))).join();
  }
}

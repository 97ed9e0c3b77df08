package chat.parley;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.persistence.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir private Path folder;

  @Test
  void isMadeOnceAndReadableByNobodyElse() throws IOException {
    byte[] first = Secret.of(config(folder.resolve("a")));
    assertArrayEquals(first, Secret.of(config(folder.resolve("a"))));
    assertFalse(Arrays.equals(first, Secret.of(config(folder.resolve("b")))));
    Path file = folder.resolve("a/secret");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void givenOneIsTakenAndNothingIsKept() {
    String given = "a secret of more than thirty-two characters";
    Config config =
        Config.of(Map.of(Setting.DATA, folder.resolve("c").toString(), Setting.SECRET, given));
    assertArrayEquals(given.getBytes(StandardCharsets.UTF_8), Secret.of(config));
    assertFalse(Files.exists(folder.resolve("c")));
  }

  @Test
  void damagedOneStopsTheStart() throws IOException {
    Files.writeString(folder.resolve("secret"), "short");
    assertThrows(StartFailure.class, () -> Secret.of(config(folder)));
  }

  private static Config config(Path data) {
    return Config.of(Map.of(Setting.DATA, data.toString()));
  }
}

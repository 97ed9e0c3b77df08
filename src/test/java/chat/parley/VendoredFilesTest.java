package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote and we carry is, byte for byte, what VERSIONS.txt beside it says. */
class VendoredFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"webroot/vendor", "src/test/resources/stock"})
  void everyScriptIsListedWithItsChecksum(String folder) throws Exception {
    assertEquals(listed(Path.of(folder)), present(Path.of(folder)));
  }

  private static Map<String, String> listed(Path folder) throws IOException {
    var sums = new TreeMap<String, String>();
    for (var line : Files.readAllLines(folder.resolve("VERSIONS.txt"))) {
      if (!line.startsWith("#")) {
        var columns = line.split("  ");
        assertEquals(5, columns.length, line);
        sums.put(columns[0], columns[4]);
      }
    }
    return sums;
  }

  private static Map<String, String> present(Path folder) throws Exception {
    var sums = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.filter(f -> !f.toString().endsWith(".txt")).toList()) {
        sums.put(file.getFileName().toString(), sha256(file));
      }
    }
    return sums;
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}

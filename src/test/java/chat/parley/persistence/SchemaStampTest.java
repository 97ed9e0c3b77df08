package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaStampTest {
  @Test
  void stampNamesEveryMigration() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("sql"))) {
      assertEquals(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("V"))
              .sorted()
              .toList(),
          SchemaStamp.MIGRATIONS);
    }
  }
}

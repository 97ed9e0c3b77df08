package chat.parley.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The document tells every problem as it is, in the same order. */
class ProblemCatalogueTest {
  @Test
  void documentHoldsTheSameTable() throws IOException {
    List<String> told =
        Files.readString(Path.of("docs/api/README.md"))
            .lines()
            .filter(line -> line.matches("\\| \\d{3} \\| `/problems/.*"))
            .toList();
    assertEquals(Arrays.stream(Problem.values()).map(ProblemCatalogueTest::row).toList(), told);
  }

  private static String row(Problem problem) {
    return "| %d | `/problems/%s` | %s | %s |"
        .formatted(
            problem.status(), problem.slug(), problem.title(), problem.retryable() ? "yes" : "no");
  }
}

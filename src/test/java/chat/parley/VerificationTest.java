package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that a document names as evidence exists. */
class VerificationTest {
  private static final Pattern CITED = Pattern.compile("`(\\w*[a-z0-9](?:Test|IT))(?:#(\\w+))?`");

  private record Line(String id, String state, String evidence, String open) {}

  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String folder : List.of("src/test/java", "src/client/java")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString();
          sources.put(name.substring(0, name.length() - 5), Files.readString(file));
        }
      }
    }
    return sources;
  }

  private static List<Line> lines() throws IOException {
    return Files.readString(Path.of("docs/verification.md"))
        .lines()
        .filter(line -> line.matches("\\| [A-Z]\\d+ \\|.*"))
        .map(line -> line.split("\\|", -1))
        .map(cell -> new Line(cell[1].strip(), cell[3].strip(), cell[4].strip(), cell[5].strip()))
        .toList();
  }

  @Test
  void everyCitedTestExists() throws IOException {
    Map<String, String> sources = tests();
    List<String> missing = new ArrayList<>();
    for (Path document : DocumentsTest.documents()) {
      Matcher cited = CITED.matcher(Files.readString(document));
      while (cited.find()) {
        String source = sources.get(cited.group(1));
        if (source == null || cited.group(2) != null && !has(source, cited.group(2))) {
          missing.add(document + ": " + cited.group());
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static boolean has(String source, String method) {
    return Pattern.compile("(?:void|>) " + method + "\\(").matcher(source).find();
  }

  /** Of each brief, how many requirements it has. */
  private static final Map<String, Integer> BRIEFS =
      Map.of("A", 16, "B", 10, "C", 12, "D", 9, "E", 16);

  @Test
  void everyRequirementHasALine() throws IOException {
    Set<String> told = new HashSet<>();
    lines().forEach(line -> told.add(line.id));
    List<String> missing = new ArrayList<>();
    BRIEFS.forEach(
        (brief, most) ->
            IntStream.rangeClosed(1, most)
                .mapToObj(i -> brief + i)
                .filter(id -> !told.contains(id))
                .forEach(missing::add));
    assertEquals(List.of(), missing);
  }

  @Test
  void stateSaysWhatTheEvidenceIs() throws IOException {
    List<Line> lines = lines();
    assertTrue(lines.size() > 50, lines.size() + " lines");
    for (Line line : lines) {
      assertTrue(Set.of("shown", "part", "open").contains(line.state), line::toString);
      assertEquals(line.state.equals("open"), line.evidence.isEmpty(), line::toString);
      assertEquals(line.state.equals("shown"), line.open.isEmpty(), line::toString);
    }
    assertEquals(lines.size(), lines.stream().map(Line::id).distinct().count());
  }
}

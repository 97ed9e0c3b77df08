package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Topic;
import chat.parley.model.Act;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say in tables, diagrams and links is so. */
class DocumentsTest {
  /** Links of the text; its pictures are looked at, not counted. */
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)#]*)(?:#([^)]*))?\\)");

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("src/RATIONALE.md")),
              docs.filter(path -> path.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  private static List<MatchResult> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        String target = link.group(1);
        Path file = target.isEmpty() ? document : document.resolveSibling(target).normalize();
        boolean outside = target.startsWith("https://") || target.startsWith("http://");
        if (!outside && (!Files.exists(file) || !hasHeading(file, link.group(2)))) {
          broken.add(document + ": " + link.group());
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /** {@code anchor} as code hosts make it of a heading; may be null. */
  private static boolean hasHeading(Path file, String anchor) throws IOException {
    return anchor == null
        || Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
            .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-'))
            .anyMatch(anchor::equals);
  }

  @Test
  void busTableIsTheCatalogue() throws IOException, IllegalAccessException {
    List<String> catalogue = new ArrayList<>();
    for (Field field : Addresses.class.getFields()) {
      if (field.get(null) instanceof Address<?, ?> address) {
        catalogue.add(address.name() + ": " + address.says());
      } else if (field.get(null) instanceof Topic<?> topic) {
        catalogue.add(topic.prefix() + ": " + topic.says());
      }
    }
    List<String> told =
        all(read("docs/architecture.md"), "(?m)^\\| `([a-z.-]+)` \\|[^|]*\\|[^|]*\\| (.*) \\|$")
            .stream()
            .map(row -> row.group(1) + ": " + row.group(2))
            .toList();
    assertEquals(catalogue, told);
  }

  @Test
  void tableOfActsIsTheCatalogue() throws IOException {
    List<String> catalogue =
        Arrays.stream(Act.values())
            .map(
                act ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            act.stored(),
                            act.table().isEmpty() ? "any" : "`" + act.table() + "`",
                            act.says()))
            .toList();
    String table = read("docs/admin.md").split("\\| Act \\| About \\| When \\|\n")[1];
    assertEquals(catalogue, table.lines().skip(1).limit(catalogue.size()).toList());
  }

  @Test
  void diagramHasEveryTableAndColumn() throws IOException {
    Map<String, TreeSet<String>> tables =
        columns(
            read("sql/schema.sql"),
            "(?ms)^create table (\\w+) \\((.*?)^\\)",
            "(?m)^  (?!constraint)(\\w+) ");
    assertFalse(tables.isEmpty());
    assertEquals(
        tables,
        columns(read("docs/schema.md"), "(?ms)^  (\\w+) \\{$(.*?)^  }$", "(?m)^    \\w+ (\\w+)"));
  }

  /** C11. */
  @Test
  void costOfEveryOperationIsTold() throws IOException {
    TreeSet<String> operations = new TreeSet<>();
    all(read("openapi.yaml"), "operationId: (\\w+)").forEach(id -> operations.add(id.group(1)));
    List<String> told =
        Stream.of(read("docs/complexity.md").split("\n"))
            .filter(line -> line.startsWith("| ") && line.split("\\|").length == 5)
            .flatMap(line -> all(line.split("\\|")[2], "`(\\w+)`").stream())
            .map(id -> id.group(1))
            .sorted()
            .toList();
    assertEquals(List.copyOf(operations), told);
  }

  private static Map<String, TreeSet<String>> columns(String text, String table, String column) {
    Map<String, TreeSet<String>> tables = new TreeMap<>();
    all(text, table)
        .forEach(
            found -> {
              TreeSet<String> names = new TreeSet<>();
              all(found.group(2), column).forEach(name -> names.add(name.group(1)));
              tables.put(found.group(1), names);
            });
    return tables;
  }

  @Test
  void everyDependencyHasItsReason() throws IOException {
    String reasons = read("src/RATIONALE.md");
    List<String> unexplained = new ArrayList<>();
    for (String part : read("pom.xml").split("</dependencyManagement>")[1].split("<dependency>")) {
      all(part.split("</dependency>")[0], "<artifactId>(.*?)</artifactId>").stream()
          .map(found -> found.group(1))
          .filter(name -> !reasons.contains("`" + name + "`"))
          .filter(name -> part.contains("</dependency>"))
          .forEach(unexplained::add);
    }
    assertEquals(List.of(), unexplained);
  }
}

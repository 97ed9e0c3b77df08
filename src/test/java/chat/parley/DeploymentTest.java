package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators are given to copy speaks of metrics and settings that there are. */
class DeploymentTest {
  private static final Path DEPLOY = Path.of("src/deploy");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:parley|vertx_pool|jvm|process)_\\w+");
  private static final Pattern PART = Pattern.compile("_(bucket|sum|count|max)$");

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static Set<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher
        .results()
        .map(each -> each.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertKnown(String text) throws IOException {
    Set<String> known = catalogue();
    Set<String> used = found(METRIC, text);
    assertTrue(used.size() > 5, "finds them at all");
    used.removeIf(
        name -> known.contains(name) || known.contains(PART.matcher(name).replaceFirst("")));
    assertEquals(Set.of(), used);
  }

  /** The page's table, which MetricsIT holds against the server. */
  private static Set<String> catalogue() throws IOException {
    return read(Path.of("docs/operations.md"))
        .lines()
        .filter(line -> line.matches("\\| `\\w+` \\| (counter|gauge|histogram|summary) .*"))
        .map(line -> line.split("`")[1])
        .collect(Collectors.toSet());
  }

  @Test
  void dashboardShowsMetricsThatThereAre() throws IOException {
    String dashboard = read(DEPLOY.resolve("grafana/parley.json"));
    assertKnown(dashboard);
    JsonArray panels = new JsonObject(dashboard).getJsonArray("panels");
    List<Integer> ids =
        panels.stream().map(panel -> ((JsonObject) panel).getInteger("id")).distinct().toList();
    assertEquals(panels.size(), ids.size());
  }

  @Test
  void alertsAskForMetricsThatThereAre() throws IOException {
    assertKnown(read(DEPLOY.resolve("prometheus/parley.rules.yaml")));
  }

  @Test
  void settingsThatAreGivenAreSettings() throws IOException {
    Set<String> known =
        Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
    for (String file : List.of("src/deploy/parley.env", "src/deploy/parley.service")) {
      Set<String> given = found(Pattern.compile("PARLEY_\\w+(?==)"), read(Path.of(file)));
      given.removeAll(known);
      assertEquals(Set.of(), given, file);
    }
    Set<String> given =
        found(
            Pattern.compile("(?<=\\n {6}|export |\" )PARLEY_\\w+(?=[:=])"),
            read(Path.of("compose.yaml")));
    assertTrue(given.size() > 8, given.toString());
    given.removeAll(known);
    assertEquals(Set.of(), given);
  }

  /** Neither one to take over unchanged nor one that counts when nobody sets one. */
  @Test
  void noPasswordIsCommitted() throws IOException {
    String compose = read(Path.of("compose.yaml"));
    assertFalse(
        Pattern.compile("(?i)(password|secret|token)\\w*: *[^\\s/\\[{]").matcher(compose).find());
    assertFalse(Pattern.compile("(?i)(password|secret|token)\\w*:-[^}]").matcher(compose).find());
    assertTrue(read(Path.of(".gitignore")).contains("secrets/\n"));
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.Runtime.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the jar is made of, as the build lists it, may be passed on, and is what the page says. */
class LicencesIT {
  private static final Path BOM = Path.of("target/parley.cdx.json");
  private static final Path PAGE = Path.of("docs/licences.md");

  /** That let the jar be passed on under the Apache licence; of several, one is enough. */
  private static final Set<String> ALLOWED =
      Set.of(
          "0BSD",
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "Bouncy Castle Licence",
          "CC0-1.0",
          "EPL-2.0",
          "MIT",
          "PostgreSQL",
          "Unicode-3.0");

  /** Where a library's description names another licence than its text is. */
  private static final Map<String, String> BY_THEIR_TEXT =
      // Its LICENSE.txt has three clauses; "The BSD License" is taken for the one with four.
      Map.of("com.twelvemonkeys", "BSD-3-Clause");

  private static List<JsonObject> components() throws IOException {
    JsonArray all = new JsonObject(Files.readString(BOM)).getJsonArray("components");
    return all.stream().map(JsonObject.class::cast).toList();
  }

  private static String name(JsonObject component) {
    return component.getString("group") + ":" + component.getString("name");
  }

  private static Set<String> licences(JsonObject component) {
    return BY_THEIR_TEXT.entrySet().stream()
        .filter(known -> name(component).startsWith(known.getKey()))
        .findFirst()
        .map(known -> Set.of(known.getValue()))
        .orElseGet(
            () ->
                component.getJsonArray("licenses", new JsonArray()).stream()
                    .map(each -> ((JsonObject) each).getJsonObject("license"))
                    .map(each -> each.getString("id", each.getString("name")))
                    .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyLibraryMayBePassedOn() throws IOException {
    for (JsonObject component : components()) {
      Set<String> licences = licences(component);
      assertTrue(licences.stream().anyMatch(ALLOWED::contains), name(component) + ": " + licences);
    }
  }

  @Test
  void pageNamesEveryLibrary() throws IOException {
    Map<String, Set<String>> byLicence = new TreeMap<>();
    components()
        .forEach(
            each ->
                byLicence
                    .computeIfAbsent(String.join(", ", licences(each)), any -> new TreeSet<>())
                    .add("`" + name(each) + "`"));
    String table =
        byLicence.entrySet().stream()
            .map(row -> "| " + row.getKey() + " | " + String.join(", ", row.getValue()) + " |")
            .collect(Collectors.joining("\n"));
    assertTrue(Files.readString(PAGE).contains("|---|---|\n" + table + "\n"), table);
  }

  /** Below these are holes that are known (S80). */
  @Test
  void knownHolesAreClosed() throws IOException {
    Map<String, String> floors =
        Map.of("io.vertx:vertx-core", "5.0.12", "io.netty:netty-codec-http", "4.2.13");
    Map<String, String> used =
        components().stream()
            .filter(each -> floors.containsKey(name(each)))
            .collect(Collectors.toMap(LicencesIT::name, each -> each.getString("version")));
    assertEquals(floors.keySet(), used.keySet());
    used.forEach(
        (library, version) ->
            assertTrue(
                parsed(version).compareTo(parsed(floors.get(library))) >= 0,
                library + " " + version));
  }

  private static Version parsed(String version) {
    return Version.parse(version.replace(".Final", ""));
  }
}

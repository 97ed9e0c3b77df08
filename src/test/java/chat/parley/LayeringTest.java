package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms know only whom the design lets them know; planted violations show that this bites. */
class LayeringTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void roomsKnowOnlyWhomTheyMay() throws IOException {
    var violations = new ArrayList<String>();
    try (var walk = Files.walk(SOURCES)) {
      var files = walk.filter(file -> file.toString().endsWith(".java")).toList();
      assertFalse(files.isEmpty(), "no sources under " + SOURCES);
      for (var file : files) {
        violations.addAll(Layering.violations(file.toString(), Files.readString(file)));
      }
    }
    assertEquals("", String.join("\n", violations));
  }

  @ParameterizedTest
  @CsvSource({
    "model, bus",
    "model, http",
    "bus, http",
    "cluster, bus",
    "bus, cluster",
    "bus, auth",
    "http, persistence",
    "http, auth",
    "http, media",
    "http, mail",
    "realtime, http",
    "realtime, persistence",
    "auth, persistence",
    "auth, mail",
    "persistence, auth",
    "media, persistence",
    "mail, auth",
    "persistence, realtime",
    "http, command"
  })
  void aForbiddenEdgeIsFound(String room, String other) {
    var expected = List.of("X.java: " + room + " may not use " + other);
    assertEquals(expected, check(room, "import chat.parley." + other + ".Thing;", ""));
    assertEquals(expected, check(room, "import static chat.parley." + other + ".Thing.NAME;", ""));
    assertEquals(expected, check(room, "", "chat.parley." + other + ".Thing thing;"));
  }

  @ParameterizedTest
  @CsvSource({
    "bus, model",
    "http, bus",
    "http, model",
    "http, realtime",
    "realtime, bus",
    "auth, bus",
    "persistence, model",
    "media, bus",
    "mail, model",
    "http, http",
    "auth, auth",
    "command, persistence",
    "command, media"
  })
  void anAllowedEdgeIsNot(String room, String other) {
    assertEquals(List.of(), check(room, "import chat.parley." + other + ".Thing;", ""));
  }

  @Test
  void nobodyKnowsTheRootAndTheRootKnowsAll() {
    assertEquals(
        List.of("X.java: auth may not use the root"),
        check("auth", "import chat.parley.Config;", ""));
    assertEquals(
        List.of("X.java: auth may not use the root"), check("auth", "import chat.parley.*;", ""));
    var main = "package chat.parley; import chat.parley.auth.A; import chat.parley.http.H;";
    assertEquals(List.of(), Layering.violations("Main.java", main));
    assertEquals(List.of(), check("command", "import chat.parley.Config;", ""));
  }

  @Test
  void aRoomBelowARoomKeepsItsRules() {
    var source = "package chat.parley.http.admin;\nimport chat.parley.persistence.UserStore;";
    assertEquals(
        List.of("X.java: http may not use persistence"), Layering.violations("X.java", source));
  }

  @Test
  void commentsAndLiteralsAreNoEdges() {
    assertEquals(
        List.of(),
        check(
            "auth",
            "// import chat.parley.http.Api;",
            "/** {@link chat.parley.http.Api} */ String s = \"chat.parley.http\"; char c = '\"';"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"util", "common", "impl", "manager"})
  void namesThatSayNothingAreRefused(String name) {
    assertEquals(
        List.of("X.java: a package named " + name + " says nothing"),
        check("http." + name, "", ""));
    assertFalse(check(name, "", "").isEmpty());
  }

  @Test
  void onlyBusCallsTheEventBus() {
    var call = "Object o = vertx\n    .eventBus();";
    assertEquals(List.of(), check("bus", "", call));
    var expected = List.of("X.java: only bus may call eventBus()");
    assertEquals(expected, check("realtime", "", call));
    assertEquals(expected, check("http", "", "Object o = (Supplier<?>) vertx::eventBus;"));
    assertEquals(
        expected,
        Layering.violations("X.java", "package chat.parley; class X { { " + call + "} }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import io.vertx.core.json.JsonObject;",
        "import java.nio.file.Path;",
        "import java.io.InputStream;",
        "import java.net.Socket;"
      })
  void modelIsPure(String line) {
    assertEquals(List.of("X.java: model does no input or output"), check("model", line, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"SELECT 1\"",
        "\"select id from users\"",
        "\"\"\"\n  select id\n    from users\n   where id = $1\n  \"\"\"",
        "\"\"\"\n  WITH gone AS (DELETE FROM members) SELECT 1\"\"\"",
        "\"insert into users values ($1)\"",
        "\"update users set name = $1\"",
        "\"DELETE FROM users\"",
        "\"create table users (id uuid)\"",
        "\"SET statement_timeout = 5\"",
        "\"TRUNCATE users\""
      })
  void sqlStandsOnlyInPersistence(String literal) {
    var field = "String sql = " + literal + ";";
    assertEquals(1, check("http", "", field).size(), literal);
    assertEquals(List.of(), check("persistence", "", field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Select a room\"",
        "\"Select a friend from the list\"",
        "\"update\"",
        "\"Update your name\"",
        "\"Delete the message\"",
        "\"with a comma, as said (twice)\"",
        "\"Set a password\"",
        "\"create a room\""
      })
  void proseIsNotSql(String literal) {
    assertEquals(List.of(), check("http", "", "String text = " + literal + ";"));
  }

  @Test
  void onlyPersistenceKnowsTheDatabaseClient() {
    var line = "import io.vertx.sqlclient.Pool;";
    assertEquals(List.of(), check("persistence", line, ""));
    assertEquals(
        List.of("X.java: only persistence knows the database's client"), check("auth", line, ""));
  }

  private static List<String> check(String room, String importLine, String member) {
    var source = "package chat.parley.%s;\n%s\nclass X {\n  %s\n}\n";
    return Layering.violations("X.java", source.formatted(room, importLine, member));
  }
}

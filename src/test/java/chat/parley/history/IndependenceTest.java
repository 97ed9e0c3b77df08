package chat.parley.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checker knows the wire and no class of the server: a shared mistake would hide itself. */
class IndependenceTest {
  private static final Pattern MENTION =
      Pattern.compile(
          "(?m)^import (?:static )?+(?!java\\.|chat\\.parley\\.history\\.|com\\.fasterxml\\.jackson\\.|org\\.junit\\.)([\\w.]+)"
              + "|\\b(chat\\.parley\\.(?!history\\b)[\\w.]+|io\\.vertx[\\w.]*)");

  private static final List<String> LAUNCHERS =
      List.of(
          "chat.parley.testing.Await",
          "chat.parley.testing.JarProcess",
          "chat.parley.testing.Ports",
          "chat.parley.testing.TestDatabase");

  private static List<String> foreign(String source) {
    return MENTION
        .matcher(source)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .filter(name -> !LAUNCHERS.contains(name))
        .toList();
  }

  @Test
  void checkerKnowsNoClassOfTheServer() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/java/chat/parley/history"))) {
      for (Path file : files.filter(each -> !each.endsWith("IndependenceTest.java")).toList()) {
        foreign(Files.readString(file)).forEach(name -> found.add(file + ": " + name));
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void plantedMentionsAreFound() {
    assertFalse(foreign("import chat.parley.model.Message;").isEmpty());
    assertFalse(foreign("import static io.vertx.core.Vertx.vertx;").isEmpty());
    assertFalse(foreign("  var hub = new chat.parley.realtime.RoomHub();").isEmpty());
    assertEquals(List.of(), foreign("import java.util.List;\nimport java.net.http.WebSocket;"));
  }
}

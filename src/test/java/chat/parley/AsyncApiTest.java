package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The contract of the sockets says what the web client knows, which is what the server says. */
class AsyncApiTest {
  private static final Path FILE = Path.of("docs/api/asyncapi.yaml");

  private final JsonObject contract;
  private final String text;
  private final String events;

  AsyncApiTest() throws IOException {
    text = Files.readString(FILE);
    contract = new JsonObject(new Yaml().<Map<String, Object>>load(text));
    events = Files.readString(Path.of("webroot/js/events.js"));
  }

  /** The types of what an operation's messages say, in the direction a client sees. */
  private Set<String> types(String operation) {
    return contract
        .getJsonObject("operations")
        .getJsonObject(operation)
        .getJsonArray("messages")
        .stream()
        .map(message -> followed((JsonObject) message))
        .map(message -> message.getJsonObject("payload").getJsonObject("properties"))
        .map(properties -> properties.getJsonObject("type").getString("const"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonObject followed(JsonObject node) {
    String to = node.getString("$ref");
    return to == null
        ? node
        : followed((JsonObject) JsonPointer.from(to.substring(1)).queryJson(contract));
  }

  private Set<String> known(String... lists) {
    Set<String> words = new TreeSet<>();
    for (String list : lists) {
      String body =
          events.split("export const " + list + " = Object.freeze\\(\\{")[1].split("}\\)")[0];
      all(body, ": '([a-z-]+)'").forEach(word -> words.add(word.group(1)));
    }
    return words;
  }

  private static List<MatchResult> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  @Test
  void roomsTellAndTakeWhatTheClientKnows() {
    assertEquals(known("ROOM_EVENTS", "PASSING_EVENTS"), types("hearRoom"));
    assertEquals(known("ACTIONS"), types("sayInRoom"));
    assertEquals(types("sayInRoom"), types("scriptSays"));
  }

  @Test
  void onesOwnAddressTellsWhatTheClientKnows() {
    assertEquals(known("USER_EVENTS"), types("hearMyself"));
  }

  @Test
  void framesAreThoseOfTheBridge() {
    Set<String> frames = types("sendFrames");
    frames.addAll(types("receiveFrames"));
    assertEquals(known("FRAMES"), frames);
  }

  @Test
  void socketsCloseWithTheCodesOfTheClient() {
    assertEquals(
        all(events, "(\\d{4}): '").stream().map(code -> Integer.valueOf(code.group(1))).toList(),
        contract
            .getJsonObject("channels")
            .getJsonObject("bridge")
            .getJsonArray("x-close-codes")
            .getList());
  }

  @Test
  void everyMessageIsOfAnOperationAndEveryRowOfTheRestContract() throws IOException {
    JsonObject rest =
        new JsonObject(
            new Yaml().<Map<String, Object>>load(Files.readString(Path.of("openapi.yaml"))));
    for (MatchResult row : all(text, "openapi\\.yaml#(/[^']+)'")) {
      assertEquals(true, JsonPointer.from(row.group(1)).queryJson(rest) != null, row.group());
    }
    Set<String> named =
        all(text, "- \\$ref: '(#/channels/[^']+)'").stream()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> declared = new TreeSet<>();
    contract
        .getJsonObject("channels")
        .forEach(
            channel ->
                ((JsonObject) channel.getValue())
                    .getJsonObject("messages")
                    .fieldNames()
                    .forEach(
                        name ->
                            declared.add("#/channels/" + channel.getKey() + "/messages/" + name)));
    assertEquals(declared, named);
  }
}

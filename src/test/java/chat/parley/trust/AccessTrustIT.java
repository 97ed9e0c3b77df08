package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.Yaml;

/** Who may call what, for every operation of the contract; a new one joins by itself. */
class AccessTrustIT {
  @RegisterExtension static final Target target = new Target();

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Bodies that would be taken from somebody who may. */
  private static final Map<String, JsonObject> BODIES =
      Map.of(
          "postMessage", new JsonObject().put("text", "let me in"),
          "markRead", new JsonObject().put("seq", 1));

  private record Operation(String id, String method, String path, boolean open, boolean hasBody) {
    Answer by(Person person, Map<String, String> ids) {
      String target = path;
      for (Map.Entry<String, String> each : ids.entrySet()) {
        target = target.replace("{" + each.getKey() + "}", each.getValue());
      }
      target = target.replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
      target += path.endsWith("/sync") ? "?since=0" : path.equals("/users") ? "?q=a" : "";
      JsonObject body = hasBody ? BODIES.getOrDefault(id, new JsonObject()) : null;
      return person.call(method, target, body);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Operation> operations() throws IOException {
    Map<String, Object> contract = new Yaml().load(Files.readString(Path.of("openapi.yaml")));
    List<Operation> operations = new ArrayList<>();
    ((Map<String, Map<String, Object>>) contract.get("paths"))
        .forEach(
            (path, methods) ->
                methods.forEach(
                    (method, found) -> {
                      if (METHODS.contains(method)) {
                        Map<String, Object> operation = (Map<String, Object>) found;
                        operations.add(
                            new Operation(
                                (String) operation.get("operationId"),
                                method.toUpperCase(Locale.ROOT),
                                path,
                                List.of().equals(operation.get("security")),
                                operation.containsKey("requestBody")));
                      }
                    }));
    return operations;
  }

  private static JsonObject without(JsonObject body, String name) {
    JsonObject rest = body.copy();
    rest.remove(name);
    return rest;
  }

  @TestFactory
  Stream<DynamicTest> s41_nothingIsDoneForThoseWhoAreNotSignedIn() throws IOException {
    Person nobody = target.stranger();
    return operations().stream()
        .filter(operation -> !operation.open())
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.id(),
                    () -> assertEquals(401, operation.by(nobody, Map.of()).status())));
  }

  /** A private room of others answers as a room that never was, byte by byte. */
  @TestFactory
  Stream<DynamicTest> s41_whatIsNotMineDoesNotExist() throws IOException {
    Person ann = target.person("ann");
    Person bob = target.person("bob");
    Person eve = target.person("eve");
    String group = ann.room("group", bob);
    String direct = ann.room("direct", bob);
    ann.say(group, "secret");
    ann.say(direct, "secret");
    String former = ann.room("group", eve);
    ann.say(former, "while eve was here");
    assertEquals(204, ann.delete("/chat/rooms/" + former + "/members/" + eve.id()).status());
    return operations().stream()
        .filter(operation -> operation.path().contains("{roomId}"))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.id(),
                    () -> {
                      Map<String, String> others = Map.of("userId", bob.id(), "seq", "1");
                      Answer never = operation.by(eve, with(others, UUID.randomUUID().toString()));
                      assertTrue(never.status() >= 400, "a room that never was");
                      for (String room : List.of(group, direct, former)) {
                        Answer answer = operation.by(eve, with(others, room));
                        assertEquals(never.status(), answer.status());
                        assertEquals(
                            without(never.body(), "instance"), without(answer.body(), "instance"));
                      }
                    }));
  }

  private static Map<String, String> with(Map<String, String> ids, String roomId) {
    Map<String, String> all = new java.util.HashMap<>(ids);
    all.put("roomId", roomId);
    return all;
  }

  /** To whoever is no administrator there is nothing, whatever they ask for. */
  @TestFactory
  Stream<DynamicTest> s41_administrationIsForAdministrators() throws IOException {
    Person eve = target.person("eve");
    return Stream.concat(
        operations().stream()
            .filter(operation -> operation.path().startsWith("/admin/"))
            .map(
                operation ->
                    DynamicTest.dynamicTest(
                        operation.id(),
                        () -> assertEquals(404, operation.by(eve, Map.of()).status()))),
        Stream.of(
            DynamicTest.dynamicTest(
                "eve is nobody", () -> assertEquals(200, eve.get("/auth/me").status()))));
  }
}

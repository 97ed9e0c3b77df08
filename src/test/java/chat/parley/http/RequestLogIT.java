package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.JsonLine;
import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.RawHttp;
import chat.parley.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The file of all requests, and of what sockets do: who, what, how long, and nothing secret. */
class RequestLogIT {
  private static final Path LOGS = folder();

  @RegisterExtension static final TestServer server = new TestServer().withRequestLog(LOGS);

  private static final String[] UPGRADE = {
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: cGFybGV5IHRlc3RzIHVzLg=="
  };

  private final Path file = LOGS.resolve("requests.jsonl");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private int before;

  private static Path folder() {
    try {
      return Files.createTempDirectory("parley-requests");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void countLines() {
    before = written().size();
  }

  private List<String> written() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<JsonObject> lines(String kind) {
    return written().stream()
        .skip(before)
        .filter(line -> line.endsWith("}"))
        .map(JsonObject::new)
        .filter(line -> line.getString("kind").equals(kind));
  }

  private JsonObject line(String kind, String key, Object value) {
    Await.until(
        kind + " with " + key + " " + value,
        () -> lines(kind).anyMatch(line -> value.equals(line.getValue(key))));
    return lines(kind).filter(line -> value.equals(line.getValue(key))).findFirst().orElseThrow();
  }

  @Test
  void e10_everyRequestIsOneLineWithItsPathItsTimeAndWhoAsked() {
    Person ann = server.person("ann");
    Person.Bytes answer = ann.bytes("GET", "/auth/me", null);
    JsonObject line = line("request", "requestId", answer.header("x-request-id"));
    assertEquals(
        Set.of(
            "at",
            "kind",
            "method",
            "path",
            "status",
            "ms",
            "user",
            "requestId",
            "address",
            "bytes"),
        line.fieldNames());
    assertEquals("/api/v1/auth/me", line.getString("path"));
    assertEquals("GET", line.getString("method"));
    assertEquals(200, line.getInteger("status"));
    assertEquals(ann.id(), line.getString("user"));
    assertEquals("127.0.0.1", line.getString("address"));
    assertEquals(answer.body().length, line.getInteger("bytes"));
    assertTrue(line.getDouble("ms") > 0);

    // Through the router, past it, refused before it, and what is no operation.
    String room = ann.room("group");
    Person.Bytes posted = ann.bytes("GET", "/chat/rooms/" + room + "/sync?limit=1&since=0", null);
    JsonObject routed = line("request", "requestId", posted.header("x-request-id"));
    assertEquals("/api/v1/chat/rooms/" + room + "/sync", routed.getString("path"));
    assertEquals(ann.id(), routed.getString("user"));
    JsonObject refused = line("request", "requestId", ask("GET", "/%zz").header("x-request-id"));
    assertEquals(400, refused.getInteger("status"));
    JsonObject missing = line("request", "requestId", ask("GET", "/no").header("x-request-id"));
    assertEquals(404, missing.getInteger("status"));
    assertFalse(missing.containsKey("user"));
  }

  private static RawHttp.Reply ask(String method, String target, String... headers) {
    return RawHttp.send(server.port(), method, target, List.of(headers), new byte[0]);
  }

  @Test
  void e10_socketsOpenSendAndClose() {
    Person ann = server.person("ann");
    Person eve = server.person("eve");
    String room = ann.room("group");
    String foreign = eve.room("group");
    BusSocket socket = ann.socket();
    Await.get(socket.say(room, "hello"));
    Await.get(socket.say(foreign, "hello?"));
    JsonObject open = line("open", "user", ann.id());
    assertEquals("/eventbus/websocket", open.getString("path"));
    String name = open.getString("socket");
    JsonObject sent = line("send", "room", room);
    assertEquals(
        Set.of(
            "at", "kind", "socket", "user", "address", "requestId", "room", "what", "status", "ms"),
        sent.fieldNames());
    assertEquals(name, sent.getString("socket"));
    assertEquals(ann.id(), sent.getString("user"));
    assertEquals("message", sent.getString("what"));
    assertEquals(200, sent.getInteger("status"));
    assertEquals(404, line("send", "room", foreign).getInteger("status"));
    socket.close();
    JsonObject close = line("close", "socket", name);
    assertEquals("peer", close.getString("by"));
    assertEquals(1000, close.getInteger("code"));
    assertNotNull(close.getInteger("seconds"));
    assertTrue(lines("request").noneMatch(each -> each.getString("path").startsWith("/eventbus")));

    RawHttp.Reply refused = ask("GET", "/eventbus/websocket?token=nonsense", UPGRADE);
    assertEquals(401, refused.status());
    line("request", "requestId", refused.header("x-request-id"));
    // Whoever only says to want a socket is logged as everybody.
    line("request", "requestId", ask("GET", "/", UPGRADE).header("x-request-id"));
  }

  @Test
  void e10_socketOfSockJsHasNoLineOfARequest() {
    Person ann = server.person("ann");
    String path = "/eventbus/000/abcdefgh/websocket";
    assertEquals(101, ask("GET", path + "?token=" + ann.token(), UPGRADE).status());
    JsonObject open = line("open", "user", ann.id());
    assertEquals(path, open.getString("path"));
    line("close", "socket", open.getString("socket"));
    assertTrue(lines("request").noneMatch(each -> each.getString("path").equals(path)));
  }

  @Test
  void s77_whateverIsSentStaysOneLineAndNoSecretIsInIt() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    String token =
        ann.post("/chat/rooms/" + room + "/invites", new JsonObject()).body().getString("token");
    String invite = "/chat/invites/" + token;
    assertEquals(200, ann.get(invite).status());
    line("request", "path", "/api/v1/chat/invites/{token}");
    ask("PUT", "/api/v1" + invite);
    ask("GET", "/api/v1/chat/%69nvites/" + token + "/x");
    ask("GET", "/api/v1/auth/me?token=" + ann.token());
    for (String target :
        List.of(
            "/%0d%0a{\"kind\":\"request\"}",
            "/\u001b[31m\",\"user\":\"root",
            "/\u0085\u009b2J",
            "/%E2%80%A8%e2%80%ae",
            "//\u007f\\\"")) {
      ask("GET", target, "User-Agent: \u001b]0;owned", "X-Request-Id: mine\u001b[0m");
    }
    JsonObject last = line("request", "requestId", ask("GET", "/end").header("x-request-id"));
    assertEquals(404, last.getInteger("status"));
    String all = String.join("\n", written().subList(before, written().size()));
    assertEquals(
        written().size() - before,
        Stream.of("request", "open", "close", "send").mapToLong(kind -> lines(kind).count()).sum());
    assertTrue(
        all.codePoints().noneMatch(c -> c != '\n' && Character.isISOControl(c) || c == 0x2028),
        all);
    for (String secret : List.of(token, ann.token(), ann.password(), "owned", "mine", "root\"}")) {
      assertFalse(all.contains(secret), all);
    }
  }

  @Test
  void filesAreTenAndTheirSizeIsBounded(@TempDir Path logs) throws Exception {
    int most = 1 << 20;
    RequestLog log = RequestLog.in(logs, most, registry);
    log.open(Set.of());
    RequestLog second = RequestLog.in(logs, most, registry);
    assertThrows(HttpDoor.Unfit.class, () -> second.open(Set.of()));
    for (int i = 0; i < 16_000; i++) {
      int number = i;
      log.take(() -> new JsonLine().put("filler", "x".repeat(300)).put("n", number));
    }
    log.close();
    try (Stream<Path> found = Files.list(logs)) {
      List<Path> files = found.filter(each -> each.toString().endsWith(".jsonl")).toList();
      assertEquals(10, files.size());
      long size = 0;
      for (Path each : files) {
        size += Files.size(each);
        assertTrue(Files.readString(each).endsWith("}\n"));
      }
      assertTrue(size <= most && size > most / 2, size + " bytes");
    }
    List<String> newest = Files.readAllLines(logs.resolve("requests.jsonl"));
    assertEquals(15_999, new JsonObject(newest.get(newest.size() - 1)).getInteger("n"));
    assertEquals(0, dropped());
  }

  private double dropped() {
    return registry.get("parley.request.log.dropped").counter().count();
  }

  @Test
  void whatDoesNotFitIsDroppedAndCounted(@TempDir Path logs) {
    RequestLog stuck = RequestLog.in(logs, 1 << 20, registry);
    for (int i = 0; i < 16_384 + 5; i++) {
      stuck.take(JsonLine::new);
    }
    assertEquals(5, dropped());
  }

  @Test
  void switchedOffNothingIsKept() throws Exception {
    RequestLog off = RequestLog.off(registry);
    off.open(Set.of());
    for (int i = 0; i < 20_000; i++) {
      off.take(JsonLine::new);
    }
    off.close();
    assertFalse(off.isOn());
    assertEquals(0, dropped());
  }
}

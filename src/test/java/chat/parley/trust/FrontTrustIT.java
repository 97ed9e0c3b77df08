package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.RawHttp.Reply;
import chat.parley.testing.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What anybody can send to the port, before anybody knows who sends it. */
class FrontTrustIT {
  @RegisterExtension static final Target target = new Target();

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
  private static final String EVIL = "Origin: https://evil.example\r\n";
  private static final String SECOND = "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String LOGIN = "/api/v1/auth/login";

  private static Slow silent;
  private static Slow drippingHead;
  private static Slow drippingBody;

  /** They take as long as the limits are; the other tests run meanwhile. */
  @BeforeAll
  static void beginSlowly() {
    silent = Slow.begin(target, "", false);
    drippingHead = Slow.begin(target, "GET / HTTP/1.1\r\nX-Slow: ", true);
    drippingBody =
        Slow.begin(
            target,
            "POST "
                + LOGIN
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
            true);
  }

  @Test
  void s1_traceIsNotEchoed() throws IOException {
    Reply reply = ask("TRACE", "/", "X-Secret: echo-me\r\n");
    assertEquals(405, reply.status());
    assertFalse(reply.text().contains("echo-me"));
  }

  /** "options" may be the id of a passkey as well: what is offered there is offered on both. */
  private static Set<String> offered(Map<String, Set<String>> contract, String path) {
    Set<String> methods = new TreeSet<>();
    contract.forEach(
        (template, its) -> {
          if (path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"))) {
            methods.addAll(its);
          }
        });
    return methods;
  }

  @Test
  void s1_undeclaredMethodsAreRefusedOnEveryPath() throws IOException {
    Map<String, Set<String>> contract = contract();
    for (String template : contract.keySet()) {
      String path = template.replaceAll("\\{[^}]+}", "x");
      Set<String> offered = offered(contract, path);
      for (String method : METHODS) {
        if (!offered.contains(method)) {
          Reply reply = ask(method, "/api/v1" + path, "");
          assertEquals(405, reply.status(), method + " " + path);
          assertEquals(offered, Set.of(reply.header("allow").split(", ")), method + " " + path);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
        "Content-Length: 5, 6\r\n\r\n12345",
        "Content-Length: +5\r\n\r\n12345",
        "Content-Length: -5\r\n\r\n12345",
        "Content-Length: 0x5\r\n\r\n12345",
        "Content-Length : 5\r\n\r\n12345",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        "X: a\nContent-Length: 5\r\n\r\n12345",
        "X: a\rContent-Length: 5\r\n\r\n12345",
        "X: a\u0000b\r\n\r\n"
      })
  void s2_secondRequestIsNeverAnswered(String head) throws IOException {
    try (Line line = Line.to(target.at("/"))) {
      line.say("POST /health HTTP/1.1\r\nHost: x\r\n" + head + SECOND);
      assertRefusedAndClosed(line.rest());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZ", "100000004", "-1", "0x1", "ffffffffffffffff", "1\n2", "", "+1"})
  void s3_wrongChunkSizesAreRefused(String size) throws IOException {
    try (Line line = Line.to(target.at("/"))) {
      line.say(
          "POST "
              + LOGIN
              + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
              + size
              + "\r\n{\r\n0\r\n\r\n"
              + SECOND);
      assertRefusedAndClosed(line.rest());
    }
  }

  private static void assertRefusedAndClosed(String all) {
    assertFalse(all.contains("openapi: 3"), all);
    assertTrue(all.isEmpty() || all.startsWith("HTTP/1.1 400"), all);
  }

  @Test
  void s4_longHeadsAreRefused() throws IOException {
    assertEquals(431, ask("GET", "/", "X: " + "x".repeat(9 << 10) + "\r\n").status());
    assertEquals(414, ask("GET", "/" + "x".repeat(5 << 10), "").status());
    assertEquals(400, ask("GET", "/?" + "a=1&".repeat(101), "").status());
    assertEquals(431, ask("GET", "/", "Cookie: " + "a=1; ".repeat(10_000) + "\r\n").status());
  }

  @Test
  void s6_whoIsNoTrustedProxyCannotChooseItsAddress() throws IOException {
    target.assumeLocal();
    String body = "{\"login\":\"nobody-" + UUID.randomUUID() + "\",\"password\":\"guess\"}";
    int last = 0;
    for (int i = 0; i < 12 && last != 429; i++) {
      try (Line line = Line.from("127.6.6.6", target.at("/"))) {
        String forged = "X-Forwarded-For: 192.0.2." + i + "\r\nForwarded: for=192.0.2." + i;
        last = line.say(post(LOGIN, forged, body)).reply("POST").status();
      }
    }
    assertEquals(429, last);
  }

  @Test
  void s7_clearTextHttp2IsNotSpoken() throws IOException {
    try (Line line = Line.to(target.at("/"))) {
      line.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
      assertTrue(line.reply("PRI").status() >= 400);
      assertEquals("", line.rest());
    }
    String upgrade =
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
    assertEquals(200, ask("GET", "/health", upgrade).status());
  }

  @Test
  void s8_silentConnectionIsClosed() {
    assertEquals("", silent.farewell().said());
    assertTrue(silent.farewell().after().compareTo(Duration.ofSeconds(25)) < 0, silent::toString);
  }

  @Test
  void s8_slowHeadersAreCut() {
    Duration after = drippingHead.farewell().after();
    assertTrue(after.compareTo(Duration.ofSeconds(25)) < 0, after::toString);
  }

  @Test
  void s9_slowBodyIsGivenUp() {
    Slow.Farewell farewell = drippingBody.farewell();
    // Of the answer, what came before the reset that the next byte to a closed port brings.
    assertTrue(
        "HTTP/1.1 408".startsWith(farewell.said()) || farewell.said().startsWith("HTTP/1.1 408"),
        farewell.said());
    assertFalse(farewell.said().isEmpty());
    assertTrue(farewell.after().compareTo(Duration.ofSeconds(33)) < 0, farewell::toString);
  }

  @Test
  void s10_idleConnectionsOfOneAddressAreCapped() throws IOException {
    target.assumeLocal();
    List<Line> open = new ArrayList<>();
    try {
      int refused = 0;
      for (int i = 0; i < 2_000; i++) {
        try {
          open.add(Line.from("127.10.10.10", target.at("/")));
        } catch (IOException reset) {
          refused++;
        }
      }
      Stopwatch began = Stopwatch.started();
      try (Line other = Line.from("127.10.10.11", target.at("/"))) {
        assertEquals(200, other.say(get("/health", "")).reply("GET").status());
      }
      assertTrue(began.isWithin(Duration.ofSeconds(1)), "another address waits");
      assertTrue(refused + closed(open) >= 1_400, "the cap is 500 an address");
    } finally {
      for (Line line : open) {
        line.close();
      }
    }
    Await.until("there is room again", FrontTrustIT::isTakenAgain);
  }

  private static boolean isTakenAgain() {
    try (Line again = Line.from("127.10.10.10", target.at("/"))) {
      return again.say(get("/health", "")).reply("GET").status() == 200;
    } catch (IOException reset) {
      return false;
    }
  }

  private static int closed(List<Line> lines) throws IOException {
    int closed = 0;
    for (Line line : lines) {
      closed += line.hears(1, new StringBuilder()) ? 1 : 0;
    }
    return closed;
  }

  @ParameterizedTest
  @MethodSource("hostileBodies")
  void s11_hostileJsonIsRefused(String body) throws IOException {
    Reply reply = Line.ask(target.at("/"), post(LOGIN, "X-Nothing: 1", body));
    assertEquals(400, reply.status(), reply.text());
  }

  static Stream<String> hostileBodies() {
    String rest = "\",\"password\":\"x\"}";
    return Stream.of(
        "{\"login\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",\"password\":\"x\"}",
        "{\"login\":" + "9".repeat(1_100) + ",\"password\":\"x\"}",
        "{\"" + "k".repeat(60_000) + "\":1,\"login\":\"a" + rest,
        "{\"login\":\"a\",\"login\":\"b" + rest,
        "{\"login\":NaN,\"password\":\"x\"}",
        "\u00ef\u00bb\u00bf{\"login\":\"a" + rest,
        "{\"login\":\"\u00c3\u0028" + rest,
        "{\"login\":\"\\u0000" + rest,
        "{\"login\":\"\\ud800" + rest,
        "{\"login\":{\"$gt\":\"\"},\"password\":\"x\"}",
        "[]",
        "\"login\"",
        "{");
  }

  @Test
  void s15_everyAnswerTellsBrowsersToTrustNothing() throws IOException {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/", "/js/app.js", "/nothing", "/health", "/ready", "/openapi.yaml", "/metrics"));
    paths.addAll(List.of("/docs", "/docs/docs.js", "/redoc", "/openapi.json", "/asyncapi.yaml"));
    paths.addAll(List.of("/eventbus/info", "/eventbus/websocket", "/eventbus/1/2/xhr", "/%00"));
    contract().keySet().forEach(path -> paths.add("/api/v1" + path));
    for (String path : paths) {
      for (String method : List.of("GET", "DELETE")) {
        assertGuarded(method + " " + path, ask(method, path, ""));
      }
    }
    assertGuarded("414", ask("GET", "/" + "x".repeat(5 << 10), ""));
    assertGuarded("400", ask("GET", "/", "Content-Length: x\r\n"));
  }

  private static void assertGuarded(String what, Reply reply) {
    String policy = String.valueOf(reply.header("content-security-policy"));
    for (String part :
        List.of(
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'")) {
      assertTrue(policy.contains(part), what + ": " + policy);
    }
    assertFalse(policy.contains("unsafe") || policy.contains("*"), what);
    assertEquals("nosniff", reply.header("x-content-type-options"), what);
    assertEquals("no-referrer", reply.header("referrer-policy"), what);
    assertEquals("same-origin", reply.header("cross-origin-opener-policy"), what);
    assertEquals("same-origin", reply.header("cross-origin-resource-policy"), what);
    assertEquals("DENY", reply.header("x-frame-options"), what);
    assertTrue(reply.header("permissions-policy").contains("geolocation=()"), what);
    assertNull(reply.header("server"), what);
    if (what.contains("/api/")) {
      assertEquals("no-store", reply.header("cache-control"), what);
    }
  }

  @Test
  void s16_foreignOriginsMayReadNothing() throws IOException {
    List<String> paths =
        new ArrayList<>(
            List.of("/", "/health", "/openapi.yaml", "/eventbus/info", "/eventbus/1/2/xhr"));
    paths.addAll(List.of("/eventbus/1/2/xhr_send", "/eventbus/1/2/xhr_streaming", "/nothing"));
    contract().keySet().forEach(path -> paths.add("/api/v1" + path));
    String preflight =
        EVIL
            + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n";
    for (String path : paths) {
      assertLentToNobody(path, ask("GET", path, EVIL));
      assertLentToNobody(path, ask("GET", path, "Origin: null\r\n"));
      assertLentToNobody(path, ask("POST", path, EVIL));
      assertLentToNobody(path, ask("OPTIONS", path, preflight));
    }
  }

  private static void assertLentToNobody(String path, Reply reply) {
    assertTrue(
        reply.headers().keySet().stream()
            .noneMatch(name -> name.startsWith("access-control-allow")),
        () -> path + ": " + reply.headers());
  }

  @Test
  void s19_insidesAreNotShown() throws IOException {
    assertNotEquals(200, ask("GET", "/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status());
    assertEquals("{\"status\":\"alive\"}", ask("GET", "/health", "").text());
    assertEquals("{\"status\":\"ready\"}", ask("GET", "/ready", "").text());
    for (String path :
        List.of("/debug", "/actuator", "/admin", "/.git/config", "/WEB-INF/web.xml", "/api/v1/")) {
      assertTrue(Set.of(401, 404).contains(ask("GET", path, "").status()), path);
    }
  }

  @Test
  void s73_uploadsOfStrangersAreRefusedBeforeTheyCome() throws IOException {
    Set<Path> before = temporary();
    for (String type :
        List.of("image/png", "multipart/form-data; boundary=x", "application/json")) {
      try (Line line = Line.to(target.at("/"))) {
        line.say(
            "POST /api/v1/chat/rooms HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + type
                + "\r\nContent-Length: 1073741824\r\n\r\n"
                + "x".repeat(1 << 20));
        assertEquals(401, line.reply("POST").status());
      }
    }
    assertEquals(before, temporary());
  }

  @Test
  void s74_multipartAndPackedBodiesAreNotTaken() throws IOException {
    String parts = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n".repeat(1_000);
    for (String type : List.of("multipart/form-data; boundary=x", "multipart/form-data")) {
      assertEquals(415, Line.ask(target.at("/"), typed(type, "", parts)).status(), type);
    }
    Reply packed =
        Line.ask(
            target.at("/"),
            typed("application/json", "Content-Encoding: gzip\r\n", "\u001f\u008b"));
    assertEquals(415, packed.status());
  }

  private static String typed(String type, String headers, String body) {
    return "POST "
        + LOGIN
        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
        + type
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** What uploads would lie in, of a server in this process. */
  private static Set<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")));
        Stream<Path> here = Files.list(Path.of(""))) {
      return new TreeSet<>(
          Stream.concat(files, here)
              .filter(path -> path.getFileName().toString().matches(".*(upload|\\.tmp|FUp).*"))
              .toList());
    }
  }

  private static Reply ask(String method, String path, String headers) throws IOException {
    return Line.ask(
        target.at("/"),
        method
            + " "
            + path.replaceAll("\\{[a-zA-Z]+}", "01890a5d-ac96-774b-bcce-b302099a8057")
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + headers
            + "\r\n");
  }

  private static String get(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  private static String post(String path, String header, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + header
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Set<String>> contract() throws IOException {
    Map<String, Object> contract = new Yaml().load(Files.readString(Path.of("openapi.yaml")));
    Map<String, Set<String>> paths = new LinkedHashMap<>();
    ((Map<String, Map<String, Object>>) contract.get("paths"))
        .forEach(
            (path, operations) -> {
              Set<String> methods = new TreeSet<>();
              operations.keySet().forEach(name -> methods.add(name.toUpperCase(Locale.ROOT)));
              methods.remove("PARAMETERS");
              paths.put(path, methods);
            });
    return paths;
  }
}

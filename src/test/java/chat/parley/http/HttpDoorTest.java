package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Problem;
import chat.parley.testing.RawHttp;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request meets at the door. */
@ExtendWith(DoorExtension.class)
class HttpDoorTest {
  private static final String ROOM = "/api/v1/chat/rooms/" + FakeServices.ROOM;
  private static final String MESSAGES = ROOM + "/messages";

  private final Door door;

  HttpDoorTest(Door door) {
    this.door = door;
  }

  @BeforeEach
  void forget() {
    door.services().forget();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health",
        "/nothing",
        "/api/v1/nothing",
        "/api/v1/auth/me",
        ROOM_PATH,
        "/%00",
        "/openapi.yaml",
        "/docs",
        "/redoc"
      })
  void everyAnswerForbidsWhatAPageNeedNotDo(String path) {
    Reply reply = door.as("GET", path, "");
    String policy = reply.header("content-security-policy");
    for (String part :
        List.of(
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'")) {
      assertTrue(policy.contains(part), policy);
    }
    assertFalse(policy.contains("unsafe"));
    assertEquals("nosniff", reply.header("x-content-type-options"));
    assertEquals("no-referrer", reply.header("referrer-policy"));
    assertEquals("same-origin", reply.header("cross-origin-opener-policy"));
    assertNull(reply.header("access-control-allow-origin"));
    assertEquals(36, reply.header("x-request-id").length());
  }

  private static final String ROOM_PATH = "/api/v1/chat/rooms/01890a5d-ac96-774b-bcce-b302099a8057";

  @Test
  void privateAnswersAreNotStored() {
    assertEquals("no-store", door.as("GET", "/api/v1/auth/me", "").header("cache-control"));
  }

  @Test
  void requestIdIsMintedHereAndNamedInTheProblem() {
    Reply reply = door.send("GET", "/api/v1/auth/me", "", "X-Request-Id: forged");
    assertNotEquals("forged", reply.header("x-request-id"));
    assertEquals(reply.header("x-request-id"), new JsonObject(reply.text()).getString("instance"));
  }

  @Test
  void whoIsNotSignedInIsToldHow() {
    for (String header :
        List.of(
            "X-Nothing: 1",
            "Authorization: Bearer wrong",
            "Authorization: Basic YTpi",
            "Cookie: parley=dead")) {
      Reply reply = door.send("GET", "/api/v1/auth/me", "", header);
      assertProblem(Problem.UNAUTHENTICATED, reply);
      assertEquals("Bearer", reply.header("www-authenticate"));
    }
  }

  @Test
  void strangersAreRefusedBeforeTheirBodyIsLookedAt() {
    assertProblem(
        Problem.UNAUTHENTICATED,
        door.send("POST", MESSAGES, "not json", "Content-Type: text/plain"));
  }

  @Test
  void unknownPathIsNotFound() {
    assertProblem(Problem.NOT_FOUND, door.as("GET", "/nothing", ""));
    assertProblem(Problem.NOT_FOUND, door.as("GET", "/api/v1/nothing", ""));
    assertProblem(Problem.NOT_FOUND, door.as("GET", "/api/v1/../../etc/passwd", ""));
    assertProblem(Problem.NOT_FOUND, door.as("POST", "/api/v1/nothing", "{}"));
  }

  @Test
  void otherMethodsAreToldWhichThereAre() {
    assertAllowed("GET, POST", door.as("PUT", MESSAGES, "{}"));
    assertAllowed("GET, POST", door.as("TRACE", MESSAGES, ""));
    assertAllowed("DELETE, GET, POST", door.send("OPTIONS", "/api/v1/session", ""));
    assertAllowed("GET, HEAD", door.as("TRACE", "/", ""));
    assertAllowed("GET, HEAD", door.as("POST", "/health", "{}"));
  }

  @Test
  void onlyJsonIsTaken() {
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=latin1")) {
      Reply reply =
          door.send("POST", MESSAGES, "{\"text\":\"hi\"}", bearer(), "Content-Type: " + type);
      assertProblem(Problem.UNSUPPORTED_TYPE, reply);
    }
    assertEquals(
        201,
        door.send(
                "POST",
                MESSAGES,
                "{\"text\":\"hi\"}",
                bearer(),
                "Content-Type: Application/JSON; charset=UTF-8")
            .status());
  }

  @Test
  void bodyIsBounded() {
    String large = "{\"text\":\"" + "x".repeat(1 << 20) + "\"}";
    assertProblem(Problem.TOO_LARGE, door.as("POST", MESSAGES, large));
  }

  @Test
  void bodyOfUndeclaredLengthIsBounded() {
    byte[] chunk =
        ("10001\r\n" + "x".repeat(0x10001) + "\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    Reply reply =
        door.bytes(
            "POST",
            MESSAGES,
            chunk,
            List.of(bearer(), "Content-Type: application/json", "Transfer-Encoding: chunked"));
    assertProblem(Problem.TOO_LARGE, reply);
  }

  @Test
  void longAddressesAndHeadersAreRefused() {
    assertProblem(
        Problem.URI_TOO_LONG,
        RawHttp.send(door.port(), "GET", "/" + "x".repeat(5000), List.of(), new byte[0]));
    assertProblem(
        Problem.HEADERS_TOO_LARGE,
        RawHttp.send(door.port(), "GET", "/", List.of("X-Long: " + "x".repeat(9000)), new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=1&limit=2",
        "?limit=0",
        "?limit=201",
        "?limit=1.5",
        "?limit=%00",
        "?limit=99999999999999999999",
        "?before=x",
        "?before=0",
        "?before=-1",
        "?before=1&after=1",
        "?before=%ff",
        "?before=%",
        "?after=%ED%A0%80"
      })
  void wrongParametersAreNamed(String query) {
    Reply reply = door.as("GET", MESSAGES + query, "");
    assertEquals(400, reply.status(), reply.text());
    assertNull(door.services().asked(Addresses.MESSAGES_PAGE));
  }

  @Test
  void idsInPathsAreChecked() {
    for (String id :
        List.of(
            "1",
            "01890a5d-ac96-774b-bcce-b302099a805",
            "01890a5d-ac96-774b-bcce-b302099a805g",
            "%27%20or%201=1")) {
      assertEquals(400, door.as("GET", "/api/v1/chat/rooms/" + id, "").status());
    }
  }

  @Test
  void limitHasADefault() {
    door.as("GET", MESSAGES, "");
    assertEquals(50, door.services().asked(Addresses.MESSAGES_PAGE).limit());
  }

  @Test
  void unexpectedFailureShowsNothingButTheRequestId() {
    door.services()
        .fail(Addresses.ROOMS_GET, new IllegalStateException("select secret from /etc/passwd"));
    Reply reply = door.as("GET", ROOM, "");
    assertProblem(Problem.INTERNAL, reply);
    assertEquals(
        java.util.Set.of("type", "title", "status", "instance"),
        new JsonObject(reply.text()).fieldNames());
  }

  @Test
  void whatTheServerCannotDoNowMayBeTriedAgain() {
    door.services()
        .fail(Addresses.DATABASE_PING, Problem.UNAVAILABLE.retryAfter(3, "The database is away"));
    Reply reply = door.as("GET", "/ready", "");
    assertProblem(Problem.UNAVAILABLE, reply);
    assertEquals("3", reply.header("retry-after"));
    assertEquals(200, door.as("GET", "/health", "").status());
  }

  @Test
  void contractIsServedAsItIsWritten() throws IOException {
    Reply reply = door.as("GET", "/openapi.yaml", "");
    assertEquals(Files.readString(Path.of("openapi.yaml")), reply.text());
  }

  @Test
  void headAnswersWithoutABody() {
    assertEquals(404, door.as("HEAD", "/nothing", "").status());
    assertEquals(405, door.as("HEAD", ROOM, "").status());
  }

  @Test
  void bodyThatDoesNotComeInTimeIsGivenUp() throws IOException {
    try (Socket socket = RawHttp.open(door.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 100\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));
      assertProblem(Problem.TIMED_OUT, RawHttp.read(socket.getInputStream(), "POST"));
      assertEquals(-1, socket.getInputStream().read(), "the connection must be closed");
    }
  }

  @Test
  void smuggledRequestIsNotAnswered() throws IOException {
    try (Socket socket = RawHttp.open(door.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + "0\r\n\r\nGET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(all.startsWith("HTTP/1.1 400"), all);
      assertFalse(all.contains("openapi:"));
    }
  }

  @Test
  void connectionIsUsedAgainAfterARefusal() throws IOException {
    try (Socket socket = RawHttp.open(door.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + MESSAGES
                      + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
                      + "GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertEquals(401, RawHttp.read(socket.getInputStream(), "POST").status());
      assertEquals(200, RawHttp.read(socket.getInputStream(), "GET").status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Authorization: Bearer " + FakeServices.TOKEN + "\r\nContent-Type: application/json\r\n"
      })
  void restOfARefusedBodyIsReadAway(String headers) throws IOException {
    byte[] body = new byte[1 << 20];
    try (Socket socket = RawHttp.open(door.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + MESSAGES
                      + " HTTP/1.1\r\nHost: x\r\n"
                      + headers
                      + "Content-Length: "
                      + body.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(
          headers.isEmpty() ? 401 : 413, RawHttp.read(socket.getInputStream(), "POST").status());
      assertEquals(200, RawHttp.read(socket.getInputStream(), "GET").status());
    }
  }

  @Test
  void clientThatAsksFirstIsToldToGoOn() throws IOException {
    try (Socket socket = RawHttp.open(door.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 28\r\nExpect: 100-continue\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertEquals(100, RawHttp.read(socket.getInputStream(), "POST").status());
      socket
          .getOutputStream()
          .write("{\"login\":\"a\",\"password\":\"b\"}".getBytes(StandardCharsets.US_ASCII));
      assertEquals(200, RawHttp.read(socket.getInputStream(), "POST").status());
    }
  }

  private static String bearer() {
    return "Authorization: Bearer " + FakeServices.TOKEN;
  }

  private static void assertAllowed(String methods, Reply reply) {
    assertProblem(Problem.METHOD_NOT_ALLOWED, reply);
    assertEquals(methods, reply.header("allow"));
  }

  private static void assertProblem(Problem problem, Reply reply) {
    assertEquals(problem.status(), reply.status(), reply.text());
    assertEquals("application/problem+json", reply.header("content-type"));
    JsonObject body = new JsonObject(reply.text());
    assertEquals("/problems/" + problem.slug(), body.getString("type"));
    assertEquals(problem.title(), body.getString("title"));
    assertEquals(problem.status(), body.getInteger("status"));
    assertEquals(reply.header("x-request-id"), body.getString("instance"));
  }
}

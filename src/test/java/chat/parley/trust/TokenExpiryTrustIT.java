package chat.parley.trust;

import static chat.parley.trust.Watch.refresh;
import static chat.parley.trust.Watch.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Stopwatch;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** S65: a socket ends with its token, unless a newer one comes in time. */
class TokenExpiryTrustIT {
  private static final Duration LIFE = Duration.ofSeconds(6);

  @RegisterExtension final TestServer server = new TestServer(false, LIFE);

  private static boolean isEvent(JsonObject frame, String type) {
    return frame.getValue("body") instanceof JsonObject body && type.equals(body.getString("type"));
  }

  private static boolean isAnswer(JsonObject frame) {
    return "auth".equals(frame.getString("type")) || "auth".equals(frame.getString("address"));
  }

  private static JsonObject authenticate(BusSocket socket, String token) {
    long before = socket.frames().stream().filter(TokenExpiryTrustIT::isAnswer).count();
    socket.send(new JsonObject().put("type", "auth").put("token", token));
    Await.until(
        "an answer to auth",
        () -> socket.frames().stream().filter(TokenExpiryTrustIT::isAnswer).count() > before);
    return socket.frames().stream()
        .filter(TokenExpiryTrustIT::isAnswer)
        .skip(before)
        .findFirst()
        .orElseThrow();
  }

  private static String nextToken(Person person) {
    return refresh(person, person.refreshToken()).body().getString("accessToken");
  }

  @Test
  void s65_endIsAnnouncedAndThenTheSocketClosesWithACodeOfItsOwn() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    JsonObject warning = socket.await("a warning", frame -> isEvent(frame, "session-expiring"));
    assertEquals("user." + ann.id(), warning.getString("address"));
    Instant end = warning.getJsonObject("body").getInstant("expiresAt");
    assertFalse(socket.isClosed());
    assertTrue(Instant.now().isBefore(end), "before it happens");
    Await.until("the time has come", () -> !Instant.now().isBefore(end));
    Stopwatch over = Stopwatch.started();
    assertEquals(4002, socket.closeCode());
    assertTrue(over.isWithin(Duration.ofMillis(1_500)), "within a second");
    assertTrue(
        socket.frames().stream().noneMatch(frame -> isEvent(frame, "session-ended")),
        "the session lives on");
    assertEquals(200, refresh(ann, ann.refreshToken()).status());
  }

  @Test
  void s65_newerTokenInsideTheSocketProlongsItWithAllItHears() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    JsonObject warning = socket.await("a warning", frame -> isEvent(frame, "session-expiring"));
    String token = nextToken(ann);
    JsonObject answer = authenticate(socket, token);
    assertEquals("auth", answer.getString("type"), answer::encode);
    Instant first = warning.getJsonObject("body").getInstant("expiresAt");
    Instant second = answer.getInstant("expiresAt");
    assertTrue(second.isAfter(first), answer::encode);
    Await.until("the first token is over", () -> Instant.now().isAfter(first.plusMillis(1_100)));
    assertEquals("rec", Await.get(socket.say(room, "still here")).getString("type"));
    Await.until("heard", () -> texts(socket, room).equals(List.of("still here")));
    Await.until(
        "the second end is announced as well",
        () ->
            socket.frames().stream().filter(frame -> isEvent(frame, "session-expiring")).count()
                == 2);
    assertEquals(4002, socket.closeCode());
    assertTrue(!Instant.now().isBefore(second));
  }

  @Test
  void s65_otherProofsAreRefusedAndChangeNothing() {
    Person ann = server.person("ann");
    Person tablet = server.person(ann);
    Person bob = server.person("bob");
    BusSocket socket = ann.socket();
    assertEquals(403, authenticate(socket, bob.token()).getInteger("failureCode"));
    assertEquals(403, authenticate(socket, tablet.token()).getInteger("failureCode"));
    for (String none : List.of("", "x.y.z", ann.refreshToken(), ann.token() + "A")) {
      assertEquals(401, authenticate(socket, none).getInteger("failureCode"), none);
    }
    socket.send(new JsonObject().put("type", "auth"));
    socket.await("no token", frame -> "missing_token".equals(frame.getValue("body")));
    socket.send(new JsonObject().put("type", "auth").put("token", new JsonObject()));
    assertEquals(4002, socket.closeCode(), "ends when it would have");
  }

  @Test
  void s65_logoutWinsOverANewerToken() {
    Person ann = server.person("ann");
    BusSocket socket = ann.socket();
    String token = nextToken(ann);
    ann.post("/auth/logout", null);
    socket.send(new JsonObject().put("type", "auth").put("token", token));
    assertEquals(4001, socket.closeCode());
  }

  @Test
  void s65_cookieOutlivesAnyToken() {
    Person ann = server.person("ann");
    BusSocket byToken = ann.socket();
    BusSocket byCookie = new Browser(server.url()).signIn(ann.name()).socket();
    assertEquals(4002, byToken.closeCode());
    assertFalse(byCookie.isClosed());
    byCookie.close();
  }
}

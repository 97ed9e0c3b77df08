package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.RawHttp;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Trust, part E, at the door: who may have a socket, from which page. */
class SocketsTrustIT {
  private static final List<String> TRANSPORTS =
      List.of("/eventbus/websocket", "/eventbus/000/abcdefgh/websocket");

  @RegisterExtension static final Target target = new Target();

  @BeforeEach
  void rawRequestsNeedThisMachine() {
    target.assumeLocal();
  }

  private RawHttp.Reply upgrade(String path, String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    all.addAll(List.of(headers));
    return RawHttp.send(target.port(), "GET", path, all, new byte[0]);
  }

  private List<String> foreignOrigins() {
    return List.of(
        "https://evil.example",
        "null",
        target.url() + ".evil.example",
        "http://localhost:" + target.port() + ".evil",
        "http://127.0.0.1:1");
  }

  @Test
  void s49_foreignPagesGetNoSocketOnAnyTransport() {
    Person ann = target.person("ann");
    String cookie = "Cookie: " + new Browser(target.url()).signIn(ann.name()).cookie();
    for (String transport : TRANSPORTS) {
      for (String origin : foreignOrigins()) {
        String from = "Origin: " + origin;
        String what = transport + " " + origin;
        assertEquals(403, upgrade(transport, from, cookie).status(), what);
        assertEquals(403, upgrade(transport + "?token=" + ann.token(), from).status(), what);
        assertEquals(
            403, upgrade(transport, from, "Authorization: Bearer " + ann.token()).status(), what);
      }
      assertEquals(403, upgrade(transport, cookie).status(), "a cookie without an origin");
      assertEquals(401, upgrade(transport, "Origin: http://localhost:" + target.port()).status());
      assertEquals(
          101, upgrade(transport, cookie, "Origin: http://localhost:" + target.port()).status());
      assertEquals(101, upgrade(transport, "Authorization: Bearer " + ann.token()).status());
    }
  }

  @Test
  void s49_foreignPageDoesNotSpendATicket() {
    Person ann = target.person("ann");
    String query = "?ticket=" + ann.post("/auth/ticket", null).body().getString("ticket");
    assertEquals(403, upgrade(TRANSPORTS.get(0) + query, "Origin: https://evil.example").status());
    assertEquals(101, upgrade(TRANSPORTS.get(0) + query).status());
  }

  @Test
  void s16_s49_greetingIsLentToNoForeignPage() {
    for (String origin : foreignOrigins()) {
      for (String method : List.of("GET", "OPTIONS", "POST")) {
        RawHttp.Reply reply =
            RawHttp.send(
                target.port(),
                method,
                "/eventbus/info",
                List.of("Origin: " + origin, "Access-Control-Request-Method: GET"),
                new byte[0]);
        String what = method + " " + origin;
        assertEquals(null, reply.header("access-control-allow-origin"), what);
        assertEquals(null, reply.header("access-control-allow-credentials"), what);
      }
    }
  }

  @Test
  void ticketOpensExactlyOneOfTwentySocketsThatTryAtOnce() {
    Person ann = target.person("ann");
    for (int round = 0; round < 5; round++) {
      String query = "?ticket=" + ann.post("/auth/ticket", null).body().getString("ticket");
      List<Future<BusSocket>> attempts =
          IntStream.range(0, 20).mapToObj(i -> BusSocket.opening(target.url(), query)).toList();
      Await.get(Future.join(attempts).otherwiseEmpty());
      List<BusSocket> open =
          attempts.stream().filter(Future::succeeded).map(Future::result).toList();
      assertEquals(1, open.size());
      refused(attempts)
          .forEach(cause -> assertTrue(cause.getMessage().contains("401"), cause.getMessage()));
      open.get(0).close();
    }
  }

  private static Stream<Throwable> refused(List<Future<BusSocket>> attempts) {
    return attempts.stream().filter(Future::failed).map(Future::cause);
  }
}

package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.testing.Person;
import chat.parley.testing.RawHttp;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of SockJS is open, and to whom: the greeting, the websocket transport, nothing else. */
class SockJsDoorIT {
  private static final byte[] NOTHING = {};
  private static final List<String> SOCKETS =
      List.of("/eventbus/websocket", "/eventbus/000/abcdefgh/websocket");

  @RegisterExtension final TestServer server = new TestServer();

  private RawHttp.Reply send(String method, String target, String... headers) {
    return RawHttp.send(server.port(), method, target, List.of(headers), NOTHING);
  }

  private RawHttp.Reply upgrade(String target, String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"));
    all.addAll(List.of(headers));
    return RawHttp.send(server.port(), "GET", target, all, NOTHING);
  }

  private String origin() {
    return "Origin: http://localhost:" + server.port();
  }

  private static void assertProblem(int status, RawHttp.Reply reply, String what) {
    assertEquals(status, reply.status(), what);
    assertEquals("application/problem+json", reply.header("content-type"), what);
    assertEquals(status, new JsonObject(reply.text()).getInteger("status"), what);
  }

  @Test
  void everyOtherTransportIsNotFound() {
    String cookie = cookieOf(server.person("ann"));
    List<String> transports =
        List.of(
            "/xhr",
            "/xhr_send",
            "/xhr_streaming",
            "/eventsource",
            "/htmlfile?c=callback",
            "/jsonp?c=callback",
            "/jsonp_send");
    List<String> targets = new ArrayList<>();
    transports.forEach(name -> targets.add("/eventbus/000/abcdefgh" + name));
    targets.addAll(
        List.of(
            "/eventbus",
            "/eventbus/",
            "/eventbus/iframe.html",
            "/eventbus/iframe-xyz.html",
            "/eventbus/chunking_test",
            "/eventbus/websocket/",
            "/eventbus/000/abcdefgh/websocket",
            "/eventbus/000/abcdefgh",
            "/eventbus/info/",
            "/eventbus/INFO"));
    for (String target : targets) {
      for (String method : List.of("GET", "POST", "OPTIONS", "PUT", "DELETE")) {
        RawHttp.Reply reply = send(method, target, origin(), cookie);
        String what = method + " " + target;
        assertProblem(404, reply, what);
        assertNull(reply.header("access-control-allow-origin"), what);
        assertNull(reply.header("set-cookie"), what);
      }
    }
  }

  private String cookieOf(Person person) {
    JsonObject login =
        new JsonObject()
            .put("login", person.name())
            .put("password", "correct horse of " + person.name());
    RawHttp.Reply reply =
        RawHttp.send(
            server.port(),
            "POST",
            "/api/v1/session",
            List.of("Content-Type: application/json", origin()),
            login.encode().getBytes(StandardCharsets.UTF_8));
    assertEquals(200, reply.status(), reply::text);
    return "Cookie: " + reply.header("set-cookie").split(";")[0];
  }

  @Test
  void greetingIsForThisSiteOnly() {
    RawHttp.Reply own = send("GET", "/eventbus/info", origin());
    assertEquals(200, own.status());
    JsonObject info = new JsonObject(own.text());
    assertEquals(true, info.getBoolean("websocket"));
    assertEquals(false, info.getBoolean("cookie_needed"));
    for (String evil : List.of("https://evil.example", "null")) {
      for (String method : List.of("GET", "OPTIONS")) {
        RawHttp.Reply reply = send(method, "/eventbus/info", "Origin: " + evil);
        assertNull(reply.header("access-control-allow-origin"), method + " " + evil);
        assertNull(reply.header("access-control-allow-credentials"), method + " " + evil);
      }
    }
  }

  @Test
  void upgradeNeedsACredential() {
    for (String socket : SOCKETS) {
      assertProblem(401, upgrade(socket), socket);
      assertProblem(401, upgrade(socket, origin()), socket);
      assertProblem(401, upgrade(socket, origin(), "Cookie: parley=nonsense"), socket);
      assertProblem(401, upgrade(socket + "?token=nonsense"), socket);
      assertProblem(401, upgrade(socket, "Authorization: Bearer nonsense"), socket);
    }
  }

  @Test
  void cookieNeedsThisSitesOrigin() {
    String cookie = cookieOf(server.person("ann"));
    for (String socket : SOCKETS) {
      assertProblem(403, upgrade(socket, cookie), socket);
      for (String evil :
          List.of("https://evil.example", "null", "http://localhost:" + server.port() + ".evil")) {
        assertProblem(403, upgrade(socket, cookie, "Origin: " + evil), socket + " " + evil);
      }
      assertEquals(101, upgrade(socket, cookie, origin()).status(), socket);
    }
  }

  @Test
  void otherSitesAreTurnedAwayEvenWithAToken() {
    Person ann = server.person("ann");
    for (String socket : SOCKETS) {
      String evil = "Origin: https://evil.example";
      assertProblem(403, upgrade(socket + "?token=" + ann.token(), evil), socket);
      assertProblem(403, upgrade(socket, evil, "Authorization: Bearer " + ann.token()), socket);
      assertEquals(101, upgrade(socket + "?token=" + ann.token()).status(), socket);
      assertEquals(101, upgrade(socket, "Authorization: Bearer " + ann.token()).status(), socket);
    }
  }

  @Test
  void deflateIsNotNegotiated() {
    Person ann = server.person("ann");
    for (String socket : SOCKETS) {
      RawHttp.Reply reply = upgrade(socket + "?token=" + ann.token());
      assertEquals(101, reply.status(), socket);
      assertNull(reply.header("sec-websocket-extensions"), socket);
    }
  }
}

package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.RawHttp;
import chat.parley.testing.TestServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that ask for nothing are closed soon; sockets ask for nothing all day. */
class PatientSocketsIT {
  private static final Duration PATIENCE = Duration.ofMillis(400);

  @RegisterExtension
  final TestServer server = new TestServer().hung(options -> options.withHeadDeadline(PATIENCE));

  /** Several times as long as an idle connection lives. */
  private void outlast() throws IOException {
    for (int connection = 0; connection < 4; connection++) {
      try (Socket idle = RawHttp.open(server.port())) {
        assertEquals(-1, idle.getInputStream().read());
      }
    }
  }

  @Test
  void rawSocketOutlivesIdleConnections() throws IOException {
    Person ann = server.person("ann");
    BusSocket socket = ann.socket();
    outlast();
    assertFalse(socket.isClosed());
    String room = ann.room("group");
    assertEquals("head", socket.registerRoom(room).getJsonObject("body").getString("type"));
  }

  @Test
  void sockJsSocketOutlivesIdleConnections() throws IOException {
    Person ann = server.person("ann");
    AtomicBoolean closed = new AtomicBoolean();
    WebSocket socket =
        Await.get(
            BusSocket.connecting(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(server.port())
                    .setURI("/eventbus/123/abcdefgh/websocket?token=" + ann.token())));
    socket.closeHandler(gone -> closed.set(true));
    outlast();
    assertFalse(closed.get());
  }

  @Test
  void refusedUpgradeIsNoSocket() throws IOException {
    UpgradeRejectedException refused =
        Await.failure(
            BusSocket.opening(server.url(), "?token=none"), UpgradeRejectedException.class);
    assertEquals(401, refused.getStatus());
    try (Socket socket = RawHttp.open(server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /eventbus/websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertEquals(401, RawHttp.read(socket.getInputStream(), "GET").status());
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  /** So that the tests above wait for what they think they wait for. */
  @Test
  void idleConnectionLivesAsLongAsItMay() throws IOException {
    long began = System.nanoTime();
    outlast();
    assertFalse(System.nanoTime() - began < PATIENCE.multipliedBy(3).toNanos());
    JsonObject alive = server.person("ann").get("/auth/me").body();
    assertEquals("ann", alive.getJsonObject("user").getString("username"));
  }
}

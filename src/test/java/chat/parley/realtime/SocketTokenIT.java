package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A socket lives as long as what opened it. */
class SocketTokenIT {
  @RegisterExtension final TestServer server = new TestServer(true, Duration.ofSeconds(4));

  @Test
  void socketEndsWithTheTokenThatOpenedIt() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    assertFalse(socket.isClosed());
    assertEquals(4002, socket.closeCode());
    assertTrue(
        socket.frames().stream().anyMatch(frame -> frame.encode().contains("session-expiring")));
    ann.login();
    assertEquals("head", ann.socket().registerRoom(room).getJsonObject("body").getString("type"));
  }
}

package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.bus.Addresses;
import chat.parley.testing.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections at a door that has little patience. */
class PatienceTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final String GET = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

  private Door door;

  @BeforeEach
  void open() throws TimeoutException {
    door = new Door("", false, options -> options.withHeadDeadline(PATIENCE));
  }

  @AfterEach
  void close() throws TimeoutException {
    door.close();
  }

  @Test
  void silenceEndsTheConnection() throws IOException {
    try (Socket socket = RawHttp.open(door.port())) {
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void silenceAfterAnAnswerDoesSoToo() throws IOException {
    try (Socket socket = RawHttp.open(door.port())) {
      say(socket, GET + GET);
      assertEquals(200, RawHttp.read(socket.getInputStream(), "GET").status());
      assertEquals(200, RawHttp.read(socket.getInputStream(), "GET").status());
      say(socket, "GET /hea");
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void whatHasARequestUnderWayStaysOpen() throws IOException {
    try (Socket socket = RawHttp.open(door.port())) {
      // The body takes longer than the patience, and less than its own deadline.
      say(
          socket,
          "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\r\n");
      socket.setSoTimeout((int) PATIENCE.multipliedBy(2).toMillis());
      org.junit.jupiter.api.Assertions.assertThrows(
          java.net.SocketTimeoutException.class, () -> socket.getInputStream().read());
      say(socket, "{\"login\":\"a\",\"password\":\"b\"}");
      assertEquals(200, RawHttp.read(socket.getInputStream(), "POST").status());
      assertEquals("a", door.services().asked(Addresses.AUTH_LOGIN).login().login());
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}

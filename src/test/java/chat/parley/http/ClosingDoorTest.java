package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.testing.Await;
import chat.parley.testing.RawHttp;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClosingDoorTest {
  @Test
  void runningRequestIsFinishedAndNoOtherIsTaken() throws Exception {
    try (Door door = new Door("", false);
        Socket idle = RawHttp.open(door.port());
        Socket busy = RawHttp.open(door.port())) {
      get(idle, "/health");
      assertEquals(200, RawHttp.read(idle.getInputStream(), "GET").status());
      Promise<Void> asked = Promise.promise();
      Promise<Void> release = Promise.promise();
      door.services().hold(Addresses.DATABASE_PING, asked, release);
      get(busy, "/ready");
      asked.future().await(10, TimeUnit.SECONDS);

      Future<Void> shut = door.shut();
      assertEquals(-1, idle.getInputStream().read(), "an idle connection is closed at once");
      assertTrue(!shut.isComplete(), "a request is still running");
      release.complete();
      assertEquals(200, RawHttp.read(busy.getInputStream(), "GET").status());
      shut.await(10, TimeUnit.SECONDS);
      // The kernel may close the port a moment after it was told to.
      Await.until("nobody listens", () -> isClosed(door.port()));
    }
  }

  private static boolean isClosed(int port) {
    try {
      RawHttp.open(port).close();
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void get(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}

package chat.parley.trust;

import chat.parley.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that come from an address of our choice on this machine, {@code 127.x.y.z}. */
record From(String address, int port) {

  RawHttp.Reply post(String path, JsonObject body) {
    byte[] bytes = body.encode().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /api/v1"
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + port
            + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(address, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(bytes);
      return RawHttp.read(socket.getInputStream(), "POST");
    } catch (IOException e) {
      throw new IllegalStateException(path + " from " + address, e);
    }
  }

  RawHttp.Reply login(String login, String password) {
    return post("/auth/login", new JsonObject().put("login", login).put("password", password));
  }
}

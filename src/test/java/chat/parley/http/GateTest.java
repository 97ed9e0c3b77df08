package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who comes through the gate, seen from outside: an answer, or a connection that is gone. */
class GateTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<Socket> sockets = new ArrayList<>();
  private Vertx vertx;
  private int port;

  private void open(Gate gate) {
    vertx = Vertx.builder().withTransport(gate.show(registry).transport()).build();
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(request -> request.response().end("in"));
    port = Await.get(server.listen()).actualPort();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    Await.get(vertx.close());
  }

  @Test
  void oneAddressHasSoManyAndOthersTheirOwn() throws IOException {
    open(Gate.of(Set.of(), 3, 100));
    assertEquals(3, admitted("127.0.0.1", 5));
    assertEquals(3, admitted("127.0.0.2", 5));
    assertEquals(
        4,
        registry.get("parley.connections.refused").tag("of", "address").functionCounter().count());
  }

  @Test
  void placesAreGivenBack() throws IOException {
    open(Gate.of(Set.of(), 3, 100));
    assertEquals(3, admitted("127.0.0.1", 4));
    for (Socket socket : sockets) {
      socket.close();
    }
    Await.until("all have left", () -> registry.get("parley.connections").gauge().value() == 0);
    assertEquals(3, admitted("127.0.0.1", 4));
  }

  @Test
  void trustedProxiesMayHaveAsManyAsTheyLike() throws IOException {
    open(Gate.of(Set.of("127.0.0.7"), 3, 100));
    assertEquals(20, admitted("127.0.0.7", 20));
  }

  @Test
  void allTogetherAreBoundedToo() throws IOException {
    open(Gate.of(Set.of("127.0.0.7"), 3, 10));
    assertEquals(10, admitted("127.0.0.7", 20));
    assertEquals(0, admitted("127.0.0.1", 1));
    assertTrue(Descriptors.spare() > 64);
  }

  private int admitted(String from, int connections) throws IOException {
    int admitted = 0;
    for (int i = 0; i < connections; i++) {
      Socket socket = new Socket();
      sockets.add(socket);
      socket.bind(new InetSocketAddress(from, 0));
      admitted += isAnswered(socket) ? 1 : 0;
    }
    return admitted;
  }

  private boolean isAnswered(Socket socket) {
    try {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException reset) {
      return false;
    }
  }
}

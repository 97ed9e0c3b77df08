package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything a client can pile up is bounded. */
class SocketLimitsIT {
  @RegisterExtension final TestServer server = new TestServer(true, Duration.ofMinutes(15));

  @Test
  void nobodyHasMoreThanTwentySockets() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    List<BusSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sockets.add(ann.socket());
    }
    assertEquals(4029, ann.socket().closeCode());
    assertFalse(bob.socket().isClosed());
    sockets.get(0).close();
    Await.until(
        "a place is free again",
        () -> {
          BusSocket again = ann.socket();
          again.send(new JsonObject().put("type", "ping").put("pong", true));
          Await.until("an answer", () -> again.isClosed() || !again.frames().isEmpty());
          return !again.isClosed();
        });
  }

  @Test
  void floodOfFramesClosesTheSocket() {
    Person ann = server.person("ann");
    BusSocket socket = ann.socket();
    for (int i = 0; i < 2_000; i++) {
      socket.sendText("{\"type\":\"ping\"}");
    }
    assertEquals(4029, socket.closeCode());
  }

  @Test
  void moreThanAThousandAddressesCloseTheSocket() {
    Person ann = server.person("ann");
    BusSocket socket = ann.socket();
    socket.register(IntStream.range(0, 1_001).mapToObj(i -> "room." + UUID.randomUUID()).toList());
    assertEquals(4029, socket.closeCode());
  }

  @Test
  void sendsWithoutAnAnswerAreBounded() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    List<io.vertx.core.Future<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 390; i++) {
      answers.add(socket.say(room, "message " + i));
    }
    List<JsonObject> all = answers.stream().map(Await::get).toList();
    long refused = all.stream().filter(answer -> "err".equals(answer.getString("type"))).count();
    all.stream()
        .filter(answer -> "err".equals(answer.getString("type")))
        .forEach(answer -> assertEquals(429, answer.getInteger("failureCode"), answer::encode));
    assertEquals(390 - refused, ann.get("/chat/rooms/" + room).body().getLong("lastSeq"));
  }
}

package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Replica;
import chat.parley.testing.Scrape;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A client that does not read: bounded, told where the room stands once it reads again, cut when it
 * never does.
 */
class SlowSocketIT {
  @RegisterExtension final TestServer server = new TestServer();

  private void flood(BusSocket from, String room, int messages) {
    List<Future<JsonObject>> acks = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      acks.add(from.say(room, i + "x".repeat(3_900)));
      if (acks.size() == 100) {
        acks.forEach(Await::get);
        acks.clear();
      }
    }
    acks.forEach(Await::get);
  }

  @Test
  void slowClientIsToldTheHeadAndCatchesUp() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    annSocket.registerRoom(room);
    BusSocket slow = bob.socket();
    Replica replica = new Replica(bob, room, slow);
    Await.until("registered", () -> !slow.heard(room, "head").isEmpty());
    replica.settle();
    slow.raw().pause();
    // Some 12 MB: more than the kernel's buffers and the socket's budget hold together.
    flood(annSocket, room, 3_000);
    Await.until("others are not held up", () -> annSocket.heard(room, "message").size() == 3_000);
    slow.raw().resume();
    Await.until("a head tells of what was left out", () -> slow.heard(room, "head").size() >= 2);
    assertTrue(slow.heard(room, "message").size() < 3_000, "bodies beyond the budget are not sent");
    String truth = Replica.truth(ann, room);
    Await.until("caught up", () -> replica.settle() && replica.state().equals(truth));
    assertEquals("rec", Await.get(slow.say(room, "I am back")).getString("type"));
  }

  @Test
  void clientThatNeverReadsIsCut() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    annSocket.registerRoom(room);
    BusSocket dead = bob.socket();
    dead.registerRoom(room);
    dead.raw().pause();
    flood(annSocket, room, 3_000);
    Await.until(
        "presence says that bob is gone",
        () ->
            annSocket.heard(room, "presence").stream()
                .anyMatch(
                    event ->
                        bob.id().equals(event.getString("userId")) && !event.getBoolean("online")));
    Await.until(
        "a close does not reach it, so it is cut",
        () -> Scrape.of(server).value("parley_sockets_cut_total") == 1);
    dead.raw().resume();
    Await.until("its socket is closed", dead::isClosed);
    assertTrue(dead.heard(room, "message").size() < 3_000, "and the rest was never sent");
    Await.until(
        "nothing waits for it any more",
        () -> Scrape.of(server).value("parley_sockets_pending_bytes") == 0);
    Scrape end = Scrape.of(server);
    assertEquals(1, end.value("parley_sockets_fell_behind_total"));
    assertEquals(0, end.value("parley_sockets_behind"));
    assertEquals(1, end.value("parley_sockets_closed_total{code=\"4008\"}"));
  }
}

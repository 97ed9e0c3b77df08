package chat.parley;

import static chat.parley.testing.Await.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestCluster;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes are one server: what happens on one is heard, ended and shown on the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static Person onA(String name) {
    return CLUSTER.a().person(name);
  }

  private static Person onB(String name) {
    return CLUSTER.b().person(name);
  }

  private static List<String> texts(BusSocket socket, String room) {
    return socket.heard(room, "message").stream()
        .map(event -> event.getJsonObject("message").getString("text"))
        .toList();
  }

  private static boolean sees(BusSocket socket, String room, Person whom, boolean online) {
    return socket.present(room).contains(whom.id()) == online;
  }

  /** What the last news of presence says: a snapshot may be older than a change under way. */
  private static int online(BusSocket socket, String room) {
    List<JsonObject> news = socket.heard(room, "presence");
    return news.isEmpty() ? 0 : news.get(news.size() - 1).getInteger("count");
  }

  @Test
  @Order(1)
  void messagesReachTheOtherNodeAtOnceAndInOrder() {
    Person ann = onA("order.ann");
    Person bob = onB("order.bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    BusSocket bobSocket = bob.socket();
    bobSocket.registerRoom(room);
    ann.say(room, "hello");
    within(
        Duration.ofSeconds(1),
        "a message on the other node",
        () -> texts(bobSocket, room).contains("hello"));
    List<Future<JsonObject>> acks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      acks.add((i % 2 == 0 ? annSocket : bobSocket).say(room, "message " + i));
    }
    acks.forEach(ack -> assertEquals("rec", Await.get(ack).getString("type")));
    Await.until("all of them", () -> texts(bobSocket, room).size() == 201);
    assertEquals(ann.history(room), texts(bobSocket, room));
  }

  @Test
  @Order(2)
  void removalOnOneNodeEndsDeliveryOnTheOther() {
    Person ann = onA("removal.ann");
    Person bob = onB("removal.bob");
    Person eve = onB("removal.eve");
    String room = ann.room("group", bob, eve);
    BusSocket bobSocket = bob.socket();
    BusSocket eveSocket = eve.socket();
    bobSocket.registerRoom(room);
    eveSocket.registerRoom(room);
    ann.delete("/chat/rooms/" + room + "/members/" + bob.id());
    ann.say(room, "not for bob");
    Await.until("eve hears it", () -> texts(eveSocket, room).contains("not for bob"));
    assertEquals(List.of(), texts(bobSocket, room));
  }

  @Test
  @Order(2)
  void logoutOnOneNodeEndsTheSessionOnTheOther() {
    Person ann = onA("logout.ann");
    Person there = ann.at(CLUSTER.b().url());
    BusSocket socket = there.socket();
    assertEquals(204, ann.post("/auth/logout", null).status());
    within(
        Duration.ofMillis(900),
        "the token is refused",
        () -> there.get("/auth/me").status() == 401);
    within(Duration.ofSeconds(2), "the socket is closed", socket::isClosed);
    assertEquals(4001, socket.closeCode());
  }

  @Test
  @Order(2)
  void logoutEndsTheSessionOnTheOtherNodeAlsoWhenTheBusLosesIt() {
    Person ann = onA("lost.logout");
    BusSocket socket = ann.at(CLUSTER.b().url()).socket();
    CLUSTER
        .a()
        .muted(
            () -> {
              ann.post("/auth/logout", null);
              within(Duration.ofSeconds(2), "the socket is closed by the poll", socket::isClosed);
            });
    assertEquals(4001, socket.closeCode());
  }

  @Test
  @Order(2)
  void typingAndNoticesCross() {
    Person ann = onA("typing.ann");
    Person bob = onB("typing.bob");
    BusSocket bobSocket = bob.socket();
    bobSocket.register("user." + bob.id());
    String room = ann.room("group", bob);
    bobSocket.await(
        "told that there is a room",
        frame ->
            "room-added".equals(frame.getJsonObject("body", new JsonObject()).getString("type")));
    BusSocket annSocket = ann.socket();
    annSocket.registerRoom(room);
    bobSocket.registerRoom(room);
    annSocket.ask(room, new JsonObject().put("type", "typing"));
    within(
        Duration.ofSeconds(1),
        "typing on the other node",
        () -> !bobSocket.heard(room, "typing").isEmpty());
  }

  @Test
  @Order(2)
  void presenceIsOneSetOverAllNodes() {
    Person ann = onA("present.ann");
    Person bob = onB("present.bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    annSocket.registerRoom(room);
    BusSocket bobSocket = bob.socket();
    bobSocket.registerRoom(room);
    within(Duration.ofSeconds(1), "ann sees bob come", () -> sees(annSocket, room, bob, true));
    within(Duration.ofSeconds(2), "bob knows of two", () -> online(bobSocket, room) == 2);

    // Also on the other node, he is one; gone from one, he is still there.
    BusSocket second = bob.at(CLUSTER.a().url()).socket();
    second.registerRoom(room);
    within(Duration.ofSeconds(2), "two on the other node", () -> online(second, room) == 2);
    bobSocket.close();
    ann.say(room, "still here");
    second.close();
    within(Duration.ofSeconds(6), "ann sees bob go", () -> sees(annSocket, room, bob, false));
    assertEquals(
        1,
        annSocket.heard(room, "presence").stream()
            .filter(event -> bob.id().equals(event.getString("userId")))
            .filter(event -> !event.getBoolean("online"))
            .count(),
        "gone once, when he was gone from both");
  }

  @Test
  @Order(2)
  void busThatLosesEverythingIsMadeUpForByTheDatabase() {
    Person ann = onA("lossy.ann");
    Person bob = onB("lossy.bob");
    String room = ann.room("group", bob);
    BusSocket bobSocket = bob.socket();
    bobSocket.registerRoom(room);
    List<String> said = IntStream.range(0, 20).mapToObj(i -> "message " + i).toList();
    CLUSTER
        .a()
        .muted(
            () -> {
              said.forEach(text -> ann.say(room, text));
              within(
                  Duration.ofSeconds(5),
                  "everything is heard by the poll",
                  () -> texts(bobSocket, room).size() == said.size());
            });
    assertEquals(said, texts(bobSocket, room));
  }

  @Test
  @Order(3)
  void silentNodeLosesItsPeopleAndGetsThemBack() {
    Person ann = onA("silent.ann");
    Person bob = onB("silent.bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    BusSocket bobSocket = bob.socket();
    annSocket.registerRoom(room);
    bobSocket.registerRoom(room);
    Await.until("ann sees bob", () -> sees(annSocket, room, bob, true));
    CLUSTER
        .b()
        .muted(
            () ->
                within(
                    Duration.ofSeconds(15),
                    "the silent node's people are gone",
                    () -> sees(annSocket, room, bob, false)));
    within(Duration.ofSeconds(5), "they are back", () -> sees(annSocket, room, bob, true));
  }

  @Test
  @Order(4)
  void stoppedNodeTakesItsPeopleAlongAndMayComeBack() {
    Person ann = onA("stopped.ann");
    Person bob = onB("stopped.bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    BusSocket bobSocket = bob.socket();
    annSocket.registerRoom(room);
    bobSocket.registerRoom(room);
    Await.until("ann sees bob", () -> sees(annSocket, room, bob, true));
    CLUSTER.b().stop();
    ann.say(room, "alone");
    within(
        Duration.ofSeconds(8),
        "the stopped node's people are gone",
        () -> sees(annSocket, room, bob, false));
    long from = System.nanoTime();
    CLUSTER.b().start();
    System.out.println("rejoined in " + (System.nanoTime() - from) / 1_000_000 + " ms");
    BusSocket again = bob.socket();
    again.registerRoom(room);
    ann.say(room, "together");
    within(
        Duration.ofSeconds(3),
        "the node that came back hears",
        () -> texts(again, room).contains("together"));
  }
}

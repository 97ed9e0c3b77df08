package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The bus is a hint, the database the truth: whatever the bus loses, delays or swaps, every client
 * ends equal to the database.
 */
class LossyBusIT {
  @RegisterExtension final TestServer server = new TestServer();

  private final Random random = new Random(20261121);

  /**
   * Drops a fifth of what is announced to rooms and people, delays another fifth by up to 300 ms.
   */
  private void spoil(DeliveryContext<Object> delivery) {
    String address = delivery.message().address();
    boolean spoilt = address.startsWith("room.") || address.startsWith("user.");
    int dice = random.nextInt(10);
    if (!spoilt || dice >= 4) {
      delivery.next();
    } else if (dice >= 2) {
      server.vertx().setTimer(1 + random.nextInt(300), late -> delivery.next());
    }
  }

  @Test
  void everyClientEndsEqualToTheDatabase() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person eve = server.person("eve");
    String room = ann.room("group", bob);
    List<BusSocket> sockets = new ArrayList<>();
    List<Replica> replicas = new ArrayList<>();
    for (Person person : List.of(ann, bob, ann, bob)) {
      BusSocket socket = person.socket();
      sockets.add(socket);
      replicas.add(new Replica(person, room, socket));
    }
    Handler<DeliveryContext<Object>> spoiler = this::spoil;
    server.vertx().eventBus().addInboundInterceptor(spoiler);

    List<Future<JsonObject>> acks = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      acks.add(sockets.get(i % 4).say(room, "message " + i));
      if (i % 10 == 3) {
        ann.put("/chat/rooms/" + room + "/members/" + eve.id(), null);
      }
      if (i % 10 == 7) {
        ann.delete("/chat/rooms/" + room + "/members/" + eve.id());
        Await.get(acks.get(i));
      }
    }
    acks.forEach(ack -> assertEquals("rec", Await.get(ack).getString("type")));
    server.vertx().eventBus().removeInboundInterceptor(spoiler);

    String truth = Replica.truth(ann, room);
    for (Replica replica : replicas) {
      Await.until(
          "the replica is complete", () -> replica.settle() && replica.state().equals(truth));
      assertEquals(ann.sync(room, 0).getJsonObject("head").getLong("version"), replica.cursor());
    }
  }

  @Test
  void liveStreamStaysInOrderAndNeverRepeats() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket socket = bob.socket();
    long head = socket.registerRoom(room).getJsonObject("body").getLong("version");
    server.vertx().eventBus().addInboundInterceptor((Handler<DeliveryContext<Object>>) this::spoil);
    for (int i = 0; i < 120; i++) {
      ann.say(room, "message " + i);
    }
    Await.until("all heard", () -> socket.heard(room, "message").size() >= 120);
    List<Long> versions =
        socket.heard(room, "message").stream().map(event -> event.getLong("version")).toList();
    assertEquals(List.copyOf(new TreeSet<>(versions)), versions);
    assertEquals(head + 120, versions.get(119));
    assertEquals(120, versions.size());
  }

  /** The log then shows a member, and not that they were out in between. */
  @Test
  void i10_removalAndReturnThatTheBusLosesHideWhatWasSaidInBetween() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "before");
    JsonObject joined = new JsonObject().put("history", "joined");
    assertEquals(200, ann.patch("/chat/rooms/" + room, joined).status());
    BusSocket bobSocket = bob.socket();
    bobSocket.registerRoom(room);
    AtomicBoolean deaf = new AtomicBoolean(true);
    server
        .vertx()
        .eventBus()
        .addInboundInterceptor(
            (Handler<DeliveryContext<Object>>)
                delivery -> {
                  boolean ofRoom = delivery.message().address().startsWith("room.");
                  boolean asks = delivery.message().address().equals("rooms.heads");
                  if (!deaf.get() || !ofRoom && !asks) {
                    delivery.next();
                  }
                });
    assertEquals(204, ann.delete("/chat/rooms/" + room + "/members/" + bob.id()).status());
    ann.say(room, "while bob was out");
    assertEquals(200, ann.put("/chat/rooms/" + room + "/members/" + bob.id(), null).status());
    deaf.set(false);
    ann.say(room, "welcome back");
    Await.until(
        "bob's socket hears the room again",
        () -> {
          ann.say(room, "and again");
          return bobSocket.heard(room, "message").toString().contains("and again");
        });
    JsonObject old = new JsonObject().put("text", "before, edited");
    assertEquals(200, ann.patch("/chat/rooms/" + room + "/messages/1", old).status());
    Await.until("told of nothing", () -> !bobSocket.heard(room, "hidden").isEmpty());
    assertFalse(bobSocket.frames().toString().contains("while bob was out"));
    assertFalse(bobSocket.frames().toString().contains("before, edited"));
  }

  @Test
  void removalIsHeardEvenWhenTheBusLosesIt() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket bobSocket = bob.socket();
    BusSocket annSocket = ann.socket();
    bobSocket.registerRoom(room);
    annSocket.registerRoom(room);
    server
        .vertx()
        .eventBus()
        .addInboundInterceptor(
            (Handler<DeliveryContext<Object>>)
                delivery -> {
                  if (!delivery.message().address().startsWith("room.")) {
                    delivery.next();
                  }
                });
    ann.delete("/chat/rooms/" + room + "/members/" + bob.id());
    for (int i = 0; i < 10; i++) {
      ann.say(room, "not for bob " + i);
    }
    Await.until(
        "ann hears it from the database", () -> annSocket.heard(room, "message").size() == 10);
    Await.until(
        "bob hears that he is gone",
        () ->
            bobSocket.heard(room, "member").stream()
                .anyMatch(event -> event.getJsonObject("member").getBoolean("gone", false)));
    assertEquals(List.of(), bobSocket.heard(room, "message"));
  }

  @Test
  void lostNoticeOfARoomIsMadeUpForByTheHead() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    BusSocket socket = bob.socket();
    long before = socket.register("user." + bob.id()).getJsonObject("body").getLong("version");
    server
        .vertx()
        .eventBus()
        .addInboundInterceptor(
            (Handler<DeliveryContext<Object>>)
                delivery -> {
                  if (!delivery.message().address().startsWith("user.")) {
                    delivery.next();
                  }
                });
    ann.room("direct", bob);
    JsonObject head =
        socket.await(
            "a head that says more",
            frame ->
                ("user." + bob.id()).equals(frame.getString("address"))
                    && frame.getJsonObject("body").getLong("version", 0L) > before);
    JsonObject rooms = bob.get("/chat/rooms?since=" + before).body();
    assertEquals(1, rooms.getJsonArray("items").size());
    assertEquals(head.getJsonObject("body").getLong("version"), rooms.getLong("version"));
  }

  @Test
  void registeringWhileTheRoomIsBusyMissesNothing() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    List<Future<JsonObject>> acks = new ArrayList<>();
    List<BusSocket> late = new ArrayList<>();
    List<Replica> replicas = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      acks.add(annSocket.say(room, "message " + i));
      if (i % 30 == 10) {
        BusSocket socket = bob.socket();
        late.add(socket);
        replicas.add(new Replica(bob, room, socket));
      }
    }
    acks.forEach(Await::get);
    String truth = Replica.truth(ann, room);
    for (int i = 0; i < late.size(); i++) {
      Replica replica = replicas.get(i);
      Await.until(
          "the replica is complete", () -> replica.settle() && replica.state().equals(truth));
      assertTrue(
          replica.syncs() <= 3,
          "one sync for what was before, live from there: " + replica.syncs());
    }
  }
}

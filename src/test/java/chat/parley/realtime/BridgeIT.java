package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The bus in the browser, over a raw WebSocket: who may say and hear what, and that every frame is
 * answered.
 */
class BridgeIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static JsonObject typed(String type) {
    return new JsonObject().put("type", type);
  }

  @Test
  void messageReachesEveryMemberAtOnceWithSenderAndTime() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("direct", bob);
    BusSocket annSocket = ann.socket();
    BusSocket bobSocket = bob.socket();
    JsonObject head = annSocket.registerRoom(room).getJsonObject("body");
    bobSocket.registerRoom(room);

    JsonObject ack =
        Await.get(annSocket.say(room, "hello <b>bob</b> \"quoted\" \\ 👋")).getJsonObject("body");
    assertEquals(1, ack.getLong("seq"));
    assertEquals(head.getLong("version") + 1, ack.getLong("version"));
    Await.until("bob hears it", () -> bobSocket.heard(room, "message").size() == 1);
    JsonObject message = bobSocket.heard(room, "message").get(0).getJsonObject("message");
    assertEquals("hello <b>bob</b> \"quoted\" \\ 👋", message.getString("text"));
    assertEquals("ann", message.getJsonObject("sender").getString("username"));
    assertEquals(ack.getString("sentAt"), message.getString("sentAt"));
    Await.until("ann hears it too", () -> annSocket.heard(room, "message").size() == 1);

    bob.say(room, "over REST");
    Await.until("REST reaches sockets", () -> annSocket.heard(room, "message").size() == 2);
  }

  @Test
  void manyMessagesArriveInOrderEachOnce() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    BusSocket bobSocket = bob.socket();
    annSocket.registerRoom(room);
    bobSocket.registerRoom(room);
    List<Future<JsonObject>> acks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      acks.add((i % 2 == 0 ? annSocket : bobSocket).say(room, "message " + i));
    }
    acks.forEach(ack -> assertEquals("rec", Await.get(ack).getString("type")));
    for (BusSocket socket : List.of(annSocket, bobSocket)) {
      Await.until("all heard", () -> socket.heard(room, "message").size() == 200);
      List<Long> seqs =
          socket.heard(room, "message").stream()
              .map(event -> event.getJsonObject("message").getLong("seq"))
              .toList();
      assertEquals(LongStream.rangeClosed(1, 200).boxed().toList(), seqs);
    }
  }

  @Test
  void strangersHearAndSayNothing() {
    Person ann = server.person("ann");
    Person eve = server.person("eve");
    String room = ann.room("group");
    BusSocket socket = eve.socket();
    JsonObject refusal = socket.registerRoom(room);
    assertEquals("err", refusal.getString("type"));
    assertEquals(404, refusal.getInteger("failureCode"));
    assertEquals(404, Await.get(socket.say(room, "let me in")).getInteger("failureCode"));
    assertEquals(404, Await.get(socket.ask(room, typed("typing"))).getInteger("failureCode"));
    assertEquals(
        404, Await.get(socket.ask(room, typed("read").put("seq", 1))).getInteger("failureCode"));
    ann.say(room, "private");
    socket.send(typed("ping").put("pong", true));
    socket.await("a pong", frame -> frame.getString("type").equals("pong"));
    assertEquals(List.of(), socket.heard(room, "message"));
  }

  @Test
  void removedMemberStopsReceiving() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket annSocket = ann.socket();
    BusSocket bobSocket = bob.socket();
    annSocket.registerRoom(room);
    bobSocket.registerRoom(room);
    bobSocket.register("user." + bob.id());
    ann.say(room, "before");
    assertEquals(204, ann.delete("/chat/rooms/" + room + "/members/" + bob.id()).status());
    for (int i = 0; i < 20; i++) {
      ann.say(room, "after " + i);
    }
    Await.get(annSocket.ask(room, typed("typing")));
    Await.until("ann hears all", () -> annSocket.heard(room, "message").size() == 21);
    bobSocket.await("bob is told", frame -> frame.encode().contains("room-removed"));
    bobSocket.send(typed("ping").put("pong", true));
    bobSocket.await("a pong", frame -> frame.getString("type").equals("pong"));
    List<JsonObject> messages = bobSocket.heard(room, "message");
    assertEquals(
        List.of("before"),
        messages.stream().map(event -> event.getJsonObject("message").getString("text")).toList());
    assertEquals(List.of(), bobSocket.heard(room, "typing"));
    assertEquals(404, bobSocket.registerRoom(room).getInteger("failureCode"));
  }

  @Test
  void logoutClosesTheSessionsSockets() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    ann.post("/auth/logout", null);
    assertEquals(4001, socket.closeCode());
    assertTrue(
        socket.frames().stream().anyMatch(frame -> frame.encode().contains("session-ended")));
    assertEquals(401, ann.get("/auth/me").status());
  }

  @Test
  void ticketOpensOneSocket() {
    Person ann = server.person("ann");
    String ticket = ann.post("/auth/ticket", null).body().getString("ticket");
    BusSocket first = BusSocket.open(server, "?ticket=" + ticket);
    assertFalse(first.isClosed());
    Throwable second =
        Await.failure(BusSocket.opening(server, "?ticket=" + ticket), Throwable.class);
    assertTrue(second.getMessage().contains("401"), second.getMessage());
    first.close();
  }

  @Test
  void upgradeNeedsARightToBeHere() {
    Person ann = server.person("ann");
    for (String query : List.of("", "?token=", "?token=x.y.z", "?ticket=nonsense")) {
      Throwable refusal = Await.failure(BusSocket.opening(server, query), Throwable.class);
      assertTrue(refusal.getMessage().contains("401"), query + ": " + refusal.getMessage());
    }
    for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1.evil.example")) {
      Throwable refusal =
          Await.failure(
              BusSocket.opening(server, "?token=" + ann.token(), "Origin", origin),
              Throwable.class);
      assertTrue(refusal.getMessage().contains("403"), origin + ": " + refusal.getMessage());
    }
    BusSocket own = BusSocket.open(server, "?token=" + ann.token(), "Origin", server.url());
    assertFalse(own.isClosed());
    own.close();
  }

  @Test
  void everyFrameThatMakesNoSenseIsAnswered() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    List<String> nonsense =
        List.of(
            "",
            "nonsense",
            "[]",
            "42",
            "null",
            "{}",
            "{\"type\":null}",
            "{\"type\":5}",
            "{\"type\":\"invent\"}",
            "{\"type\":\"register\"}",
            "{\"type\":\"register\",\"address\":\"room.*\"}",
            "{\"type\":\"register\",\"address\":\"auth.verify\"}",
            "{\"type\":\"register\",\"address\":\"room." + room + "\\n\"}",
            "{\"type\":\"register\",\"address\":\"room."
                + room.toUpperCase(java.util.Locale.ROOT)
                + "x\"}",
            "{\"type\":\"register\",\"address\":\"user." + UUID.randomUUID() + "\"}",
            "{\"type\":\"register\",\"addresses\":\"room\"}",
            "{\"type\":\"register\",\"address\":{}}",
            "{\"type\":\"publish\",\"address\":\"room." + room + "\",\"body\":{}}",
            "{\"type\":\"send\"}",
            "{\"type\":\"send\",\"address\":\"auth.verify\",\"body\":{}}",
            "{\"type\":\"send\",\"address\":\"__vertx.reply.1\",\"body\":{}}",
            "{\"type\":\"send\",\"address\":\"room." + room + "\",\"headers\":\"x\",\"body\":{}}",
            "{\"type\":\"send\",\"address\":\"room." + room + "\"}",
            "{\"type\":\"send\",\"address\":\"room." + room + "\",\"body\":null}",
            "{\"type\":\"send\",\"address\":\"room." + room + "\",\"body\":[1]}",
            "{\"type\":\"unregister\"}",
            "{\"type\":\"ping\",\"type\":\"ping\"}",
            "{\"a\":".repeat(2_000));
    for (String text : nonsense) {
      int before = socket.frames().size();
      socket.sendText(text);
      Await.until("an answer to " + text, () -> socket.frames().size() > before);
      assertEquals("err", socket.frames().get(before).getString("type"), text);
    }
    assertEquals("head", socket.registerRoom(room).getJsonObject("body").getString("type"));
    for (int i = 0; i < 60; i++) {
      socket.sendText("nonsense");
    }
    assertEquals(4400, socket.closeCode());
  }

  @Test
  void badBodiesAreRefusedWithTheStatusOfRest() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    String id = UUID.randomUUID().toString();
    List<JsonObject> bodies =
        List.of(
            new JsonObject(),
            typed("invent"),
            new JsonObject().put("type", 5),
            typed("message"),
            typed("message").put("clientId", "no uuid").put("text", "x"),
            typed("message").put("clientId", id),
            typed("message").put("clientId", id).putNull("text"),
            typed("message").put("clientId", id).put("text", 5),
            typed("message").put("clientId", id).put("text", new JsonObject().put("$gt", "")),
            typed("message").put("clientId", id).put("text", ""),
            typed("message").put("clientId", id).put("text", " \n "),
            typed("message").put("clientId", id).put("text", "nul \u0000"),
            typed("message").put("clientId", id).put("text", "x".repeat(4_001)),
            typed("read"),
            typed("read").put("seq", -1),
            typed("read").put("seq", "1"),
            typed("read").put("seq", 1.5),
            typed("read").put("seq", 1e30));
    for (JsonObject body : bodies) {
      JsonObject answer = Await.get(socket.ask(room, body));
      assertEquals("err", answer.getString("type"), body::encode);
      assertEquals(400, answer.getInteger("failureCode"), body::encode);
    }
    socket.sendText(
        "{\"type\":\"send\",\"address\":\"room."
            + room
            + "\",\"replyAddress\":\"half\",\"body\":"
            + "{\"type\":\"message\",\"clientId\":\""
            + id
            + "\",\"text\":\"half \\ud800 pair\"}}");
    JsonObject half = socket.await("an answer", frame -> "half".equals(frame.getString("address")));
    assertEquals(400, half.getInteger("failureCode"));
    assertEquals(
        1, Await.get(socket.say(room, "😀".repeat(4_000))).getJsonObject("body").getLong("seq"));
  }

  @Test
  void frameThatIsTooLargeClosesTheSocketAndHarmsNobodyElse() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket large = ann.socket();
    BusSocket other = ann.socket();
    other.registerRoom(room);
    large.sendText("{\"type\":\"ping\",\"x\":\"" + "x".repeat(70_000) + "\"}");
    Await.until("closed", large::isClosed);
    assertEquals(1009, large.closeCode());
    BusSocket fragments = ann.socket();
    fragments
        .raw()
        .writeFrame(io.vertx.core.http.WebSocketFrame.textFrame("x".repeat(40_000), false));
    fragments
        .raw()
        .writeFrame(
            io.vertx.core.http.WebSocketFrame.continuationFrame(
                io.vertx.core.buffer.Buffer.buffer("x".repeat(40_000)), true));
    assertEquals(1009, fragments.closeCode());
    assertEquals("rec", Await.get(other.say(room, "still here")).getString("type"));
  }

  @Test
  void manyRoomsRegisterInOneFrame() {
    Person ann = server.person("ann");
    List<String> rooms = IntStream.range(0, 30).mapToObj(i -> "room." + ann.room("group")).toList();
    BusSocket socket = ann.socket();
    List<String> addresses = new ArrayList<>(rooms);
    addresses.add("user." + ann.id());
    addresses.add("room." + UUID.randomUUID());
    socket.register(addresses);
    Await.until(
        "each is answered",
        () ->
            addresses.stream()
                .allMatch(
                    address ->
                        socket.frames().stream()
                            .anyMatch(frame -> address.equals(frame.getString("address")))));
    assertEquals(
        31, socket.frames().stream().filter(frame -> frame.encode().contains("\"head\"")).count());
    assertEquals(
        1, socket.frames().stream().filter(frame -> frame.getString("type").equals("err")).count());
  }

  @Test
  void pongCarriesTheHeadsThatChanged() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    String quiet = ann.room("group");
    BusSocket socket = ann.socket();
    socket.registerRoom(room);
    socket.registerRoom(quiet);
    ann.say(room, "news");
    Await.until("heard", () -> socket.heard(room, "message").size() == 1);
    socket.send(typed("ping").put("pong", true));
    JsonObject pong = socket.await("a pong", frame -> frame.getString("type").equals("pong"));
    JsonArray heads = pong.getJsonArray("heads");
    assertEquals(1, heads.size());
    assertEquals(room, heads.getJsonObject(0).getString("roomId"));
    assertEquals(1, heads.getJsonObject(0).getLong("lastSeq"));
    int before = socket.frames().size();
    socket.send(typed("ping").put("pong", true));
    Await.until("the next pong", () -> socket.frames().size() > before);
    assertEquals(new JsonArray(), socket.frames().get(before).getJsonArray("heads"));
  }

  @Test
  void typingReachesOthersAndNotOneself() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("direct", bob);
    BusSocket annSocket = ann.socket();
    BusSocket bobSocket = bob.socket();
    annSocket.registerRoom(room);
    bobSocket.registerRoom(room);
    for (int i = 0; i < 5; i++) {
      assertEquals("rec", Await.get(annSocket.ask(room, typed("typing"))).getString("type"));
    }
    Await.until("bob sees it", () -> bobSocket.heard(room, "typing").size() == 1);
    assertEquals(
        "ann", bobSocket.heard(room, "typing").get(0).getJsonObject("user").getString("username"));
    Await.get(annSocket.say(room, "done"));
    Await.until("bob hears", () -> bobSocket.heard(room, "message").size() == 1);
    assertEquals(1, bobSocket.heard(room, "typing").size(), "at most once in two seconds");
    assertEquals(0, annSocket.heard(room, "typing").size());
  }

  @Test
  void presenceIsASetOfPeople() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("direct", bob);
    BusSocket annSocket = ann.socket();
    annSocket.registerRoom(room);
    BusSocket first = bob.socket();
    BusSocket second = bob.socket();
    first.registerRoom(room);
    first.registerRoom(room);
    second.registerRoom(room);
    Await.until("bob is here", () -> annSocket.present(room).equals(Set.of(ann.id(), bob.id())));
    first.send(typed("unregister").put("address", "room." + room));
    first.close();
    first.close();
    second.close();
    Await.until("bob is gone", () -> annSocket.present(room).equals(Set.of(ann.id())));
    List<Integer> counts =
        annSocket.heard(room, "presence").stream()
            .map(event -> event.getInteger("count"))
            .distinct()
            .toList();
    assertEquals(List.of(1, 2), counts);
  }

  @Test
  void crowdThatComesAndGoesAtOnceIsKnownToEverybodyWhoIsThere() {
    Person ann = server.person("ann");
    List<Person> others = IntStream.range(0, 8).mapToObj(i -> server.person("crowd" + i)).toList();
    String room = ann.room("group", others.toArray(Person[]::new));
    List<BusSocket> sockets = new ArrayList<>(List.of(ann.socket()));
    others.forEach(each -> sockets.add(each.socket()));
    Set<String> all = others.stream().map(Person::id).collect(Collectors.toSet());
    all.add(ann.id());
    // Not one after the other: nobody waits for an answer.
    sockets.forEach(each -> each.register(List.of("room." + room)));
    Await.until(
        "everybody sees all",
        () -> sockets.stream().allMatch(each -> each.present(room).equals(all)));
    sockets.subList(1, 6).forEach(BusSocket::close);
    Set<String> left = others.subList(5, 8).stream().map(Person::id).collect(Collectors.toSet());
    left.add(ann.id());
    Await.until(
        "those who stay see who is left",
        () ->
            Stream.concat(sockets.stream().limit(1), sockets.stream().skip(6))
                .allMatch(each -> each.present(room).equals(left)));
  }

  @Test
  void ownEventsReachAllMyDevices() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    BusSocket phone = bob.socket();
    BusSocket desk = bob.socket();
    phone.register("user." + bob.id());
    desk.register("user." + bob.id());
    String room = ann.room("direct", bob);
    JsonObject added =
        desk.await("told of the room", frame -> frame.encode().contains("room-added"))
            .getJsonObject("body");
    assertEquals(room, added.getJsonObject("room").getString("id"));
    assertEquals(0, added.getJsonObject("room").getJsonObject("me").getInteger("unread"));
    ann.say(room, "read me");
    JsonObject read = Await.get(phone.ask(room, typed("read").put("seq", 1))).getJsonObject("body");
    assertEquals(new JsonObject().put("readSeq", 1).put("unread", 0), read);
    JsonObject elsewhere =
        desk.await("told of the reading", frame -> frame.encode().contains("\"read\""))
            .getJsonObject("body");
    assertEquals(added.getLong("version") + 1, elsewhere.getLong("version"));
  }

  @Test
  void framesSentAtOnceAfterOpeningAreAllAnswered() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    List<Future<JsonObject>> answers = new ArrayList<>();
    socket.send(typed("register").put("address", "room." + room));
    for (int i = 0; i < 20; i++) {
      answers.add(socket.say(room, "message " + i));
    }
    socket.send(typed("ping").put("pong", true));
    answers.forEach(answer -> assertEquals("rec", Await.get(answer).getString("type")));
    socket.await("a pong", frame -> frame.getString("type").equals("pong"));
    socket.await("a head", frame -> frame.encode().contains("\"head\""));
  }

  @Test
  void unregisteringBeforeTheAnswerLeavesNothingBehind() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    for (int i = 0; i < 50; i++) {
      socket.send(typed("register").put("address", "room." + room));
      socket.send(typed("unregister").put("address", "room." + room));
    }
    socket.send(typed("ping").put("pong", true));
    socket.await("a pong", frame -> frame.getString("type").equals("pong"));
    BusSocket other = ann.socket();
    other.registerRoom(room);
    ann.say(room, "anybody there?");
    Await.until("the other hears", () -> other.heard(room, "message").size() == 1);
    socket.send(typed("ping").put("pong", true));
    Await.until(
        "two pongs",
        () ->
            socket.frames().stream().filter(frame -> frame.getString("type").equals("pong")).count()
                == 2);
    assertEquals(List.of(), socket.heard(room, "message"));
  }

  @Test
  void headersAreIgnoredWhateverTheySay() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    for (String headers : List.of("{\"a\":null}", "{\"user\":\"somebody else\"}", "null")) {
      String id = UUID.randomUUID().toString();
      socket.sendText(
          "{\"type\":\"send\",\"address\":\"room."
              + room
              + "\",\"replyAddress\":\""
              + id
              + "\",\"headers\":"
              + headers
              + ",\"body\":{\"type\":\"message\",\"clientId\":\""
              + id
              + "\",\"text\":\"mine\"}}");
      assertEquals(
          "rec",
          socket
              .await("an answer", frame -> id.equals(frame.getString("address")))
              .getString("type"));
    }
    ann.sync(room, 0).getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(event -> event.getString("type").equals("message"))
        .forEach(
            event ->
                assertEquals(
                    "ann",
                    event.getJsonObject("message").getJsonObject("sender").getString("username")));
  }
}

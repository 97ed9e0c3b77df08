package chat.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** C5: bare sockets, for scripts. */
class ScriptSocketsIT {
  @RegisterExtension final TestServer server = new TestServer();

  private Person ann;
  private Person bob;
  private String room;

  /** A script's end: what it heard. */
  private final class Ear {
    final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    final WebSocket socket;

    Ear(String path, String... header) {
      socket =
          Await.get(
              connecting(path, header).map(opened -> opened.textMessageHandler(this::received)));
    }

    private void received(String text) {
      heard.add(new JsonObject(text));
    }

    void say(String json) {
      socket.writeTextMessage(json);
    }

    JsonObject hears(String what, Predicate<JsonObject> which) {
      Await.until(what, () -> heard.stream().anyMatch(which));
      return heard.stream().filter(which).findFirst().orElseThrow();
    }

    JsonObject hears(String type) {
      return hears(type, each -> type.equals(each.getString("type")));
    }

    JsonObject hearsText(String text) {
      return hears(
          text,
          each ->
              each.containsKey("message")
                  && text.equals(each.getJsonObject("message").getString("text")));
    }
  }

  @BeforeEach
  void twoPeople() {
    ann = server.person("ann");
    bob = server.person("bob");
    room = ann.room("group", bob);
  }

  private Ear chat(Person who) {
    Ear ear = new Ear("/ws/chat/" + room + "?token=" + who.token());
    ear.hears("head");
    return ear;
  }

  private Ear notifications(Person who) {
    Ear ear = new Ear("/ws/notifications?token=" + who.token());
    ear.hears("head");
    return ear;
  }

  @Test
  void whatOneScriptSaysTheOtherHearsAndItIsStored() {
    Ear anns = chat(ann);
    Ear bobs = chat(bob);
    anns.say("{\"type\":\"message\",\"text\":\"hello, Bob\"}");
    JsonObject ack = anns.hears("ack");
    assertEquals(1, ack.getLong("seq"));
    UUID.fromString(ack.getString("clientId"));
    JsonObject event = bobs.hearsText("hello, Bob");
    assertEquals(room, event.getString("roomId"));
    assertEquals(ack.getLong("version"), event.getLong("version"));
    assertEquals(List.of("hello, Bob"), bob.history(room));
    bobs.say("{\"type\":\"read\",\"seq\":1}");
    assertEquals(1, bobs.hears("ack").getLong("readSeq"));
    bobs.say("{\"type\":\"typing\"}");
    assertEquals(bob.id(), anns.hears("typing").getJsonObject("user").getString("id"));
  }

  @Test
  void sameIdAgainIsTheSameMessage() {
    Ear anns = chat(ann);
    String said =
        "{\"type\":\"message\",\"clientId\":\"" + UUID.randomUUID() + "\",\"text\":\"once\"}";
    anns.say(said);
    anns.say(said);
    Await.until("two answers", () -> anns.heard.stream().filter(this::isAck).count() == 2);
    assertEquals(1, anns.heard.stream().filter(this::isAck).distinct().count());
    assertEquals(List.of("once"), ann.history(room));
  }

  private boolean isAck(JsonObject said) {
    return "ack".equals(said.getString("type"));
  }

  @Test
  void whatIsWrongIsSaid() {
    Ear anns = chat(ann);
    String id = UUID.randomUUID().toString();
    anns.say("{\"type\":\"message\",\"clientId\":\"" + id + "\",\"text\":\" \"}");
    JsonObject error = anns.hears("error");
    assertEquals(400, error.getInteger("status"));
    assertEquals(id, error.getString("clientId"));
    assertTrue(error.getString("detail").contains("/text"), error::encode);
    for (String nonsense :
        List.of("hello", "[]", "{\"type\":\"fly\"}", "{}", "{\"type\":\"message\"},\"x\":{}")) {
      long before = errors(anns);
      anns.say(nonsense);
      Await.until(nonsense, () -> errors(anns) > before);
    }
    anns.say("{\"type\":\"ping\"}");
    anns.hears("pong");
    assertEquals(List.of(), ann.history(room));
  }

  private static long errors(Ear ear) {
    return ear.heard.stream().filter(each -> "error".equals(each.getString("type"))).count();
  }

  @Test
  void whoMayNotHearGetsNoSocket() {
    Person stranger = server.person("stranger");
    assertEquals(404, refused("/ws/chat/" + room + "?token=" + stranger.token()));
    assertEquals(404, refused("/ws/chat/" + UUID.randomUUID() + "?token=" + ann.token()));
    assertEquals(401, refused("/ws/chat/" + room));
    assertEquals(401, refused("/ws/notifications?token=nonsense"));
    assertEquals(404, refused("/ws/chat/me?token=" + ann.token()));
    assertEquals(
        403, refused("/ws/notifications?token=" + ann.token(), "Origin", "https://evil.example"));
  }

  private int refused(String path, String... header) {
    return Await.failure(connecting(path, header), UpgradeRejectedException.class).getStatus();
  }

  private Future<WebSocket> connecting(String path, String... header) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.port()).setURI(path);
    for (int i = 0; i < header.length; i += 2) {
      options.addHeader(header[i], header[i + 1]);
    }
    return BusSocket.connecting(options);
  }

  @Test
  void headerTicketAndTokenAllOpen() {
    String ticket = ann.post("/auth/ticket", null).body().getString("ticket");
    new Ear("/ws/chat/" + room + "?ticket=" + ticket).hears("head");
    new Ear("/ws/chat/" + room, "Authorization", "Bearer " + ann.token()).hears("head");
    assertEquals(401, refused("/ws/chat/" + room + "?ticket=" + ticket));
  }

  @Test
  void notificationsTellOfAllRoomsAndOfThoseToCome() {
    Ear bobs = notifications(bob);
    Await.until(
        "typing comes through",
        () -> {
          BusSocket typist = ann.socket();
          typist.registerRoom(room);
          Await.get(typist.ask(room, new JsonObject().put("type", "typing")));
          return bobs.heard.stream().anyMatch(each -> "typing".equals(each.getString("type")));
        });
    ann.say(room, "first room");
    assertEquals(room, bobs.hearsText("first room").getString("roomId"));
    String second = ann.room("group", bob);
    bobs.hears("room-added");
    Await.until(
        "the new room is heard",
        () -> {
          ann.say(second, "second room");
          return bobs.heard.stream().anyMatch(each -> each.encode().contains("second room"));
        });
    bob.put("/chat/rooms/" + room + "/read", new JsonObject().put("seq", 1));
    assertEquals(1, bobs.hears("read").getLong("readSeq"));
    assertFalse(
        bobs.heard.stream()
            .anyMatch(each -> List.of("presence", "member").contains(each.getString("type"))));
    bobs.say("{\"type\":\"message\",\"text\":\"where to?\"}");
    bobs.hears("error");
  }

  @Test
  void i10_removalEndsHearing() {
    Ear bobs = chat(bob);
    assertEquals(204, ann.delete("/chat/rooms/" + room + "/members/" + bob.id()).status());
    bobs.hears("member");
    ann.say(room, "without you");
    Ear anns = chat(ann);
    ann.say(room, "really");
    anns.hearsText("really");
    assertFalse(bobs.heard.toString().contains("without you"));
    bobs.say("{\"type\":\"message\",\"text\":\"let me in\"}");
    assertEquals(404, bobs.hears("error").getInteger("status"));
  }

  @Test
  void i15_signingOutEndsTheSocket() {
    Ear anns = notifications(ann);
    assertEquals(204, ann.post("/auth/logout", null).status());
    anns.hears("session-ended");
    Await.until("closed", anns.socket::isClosed);
    assertEquals((short) 4001, anns.socket.closeStatusCode());
  }
}

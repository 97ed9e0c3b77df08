package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** I11: in a room so set nobody sees what was said before they came, on no path. */
class ProtectedHistoryTrustIT {
  private static final String SECRET = "the old secret";

  @RegisterExtension final TestServer server = new TestServer();
  private Person ann;
  private Person late;
  private String room;
  private Replica heard;
  private BusSocket socket;

  @BeforeEach
  void somebodyComesLate() {
    ann = server.person("ann");
    late = server.person("late");
    room = ann.room("group");
    ann.say(room, SECRET + " 1");
    ann.say(room, SECRET + " 2");
    change(new JsonObject().put("history", "joined"));
    assertEquals(200, ann.put("/chat/rooms/" + room + "/members/" + late.id(), null).status());
    socket = late.socket();
    heard = new Replica(late, room, socket);
    Await.until("registered", () -> !socket.heard(room, "head").isEmpty());
  }

  private void change(JsonObject how) {
    assertEquals(200, ann.patch("/chat/rooms/" + room, how).status());
  }

  private String path(String rest) {
    return "/chat/rooms/" + room + rest;
  }

  @Test
  void i11_noPathShowsWhatWasSaidBefore() {
    for (String asked :
        List.of(
            "",
            "/messages",
            "/messages?before=3",
            "/messages?before=9007199254740991&limit=200",
            "/messages?after=0",
            "/messages?around=1",
            "/messages/1",
            "/messages/2/versions",
            "/messages/1/thread",
            "/messages/1/origin",
            "/messages/1/reactions/👍",
            "/pins",
            "/sync?since=0")) {
      assertHidden(asked);
    }
    assertFalse(late.get("/chat/rooms").body().encode().contains(SECRET));
    assertFalse(late.get("/chat/mentions").body().encode().contains(SECRET));
    assertEquals(404, late.get(path("/messages/1")).status());
    assertEquals(3, ann.say(room, "welcome").getLong("seq"));
    assertEquals(List.of("welcome"), late.history(room));
  }

  private void assertHidden(String asked) {
    Person.Answer answer = late.get(path(asked.replace("👍", "%F0%9F%91%8D")));
    assertFalse(answer.body().encode().contains(SECRET), () -> asked + answer.body());
  }

  @Test
  void i11_aLateChangeOfAnOldMessageIsAVersionAndNothingElse() {
    ann.say(room, "welcome");
    Await.until("in", () -> heard.settle() && heard.state().contains("welcome"));
    int looks = heard.syncs();
    JsonObject words = new JsonObject().put("text", SECRET + " edited");
    assertEquals(200, ann.patch(path("/messages/1"), words).status());
    assertEquals(200, ann.put(path("/messages/2/pin"), null).status());
    assertEquals(200, ann.put(path("/messages/2/reactions/%F0%9F%91%8D"), null).status());
    assertEquals(200, ann.delete(path("/messages/1")).status());
    JsonObject aside = new JsonObject().put("text", "aside").put("threadOf", 2);
    assertEquals(201, ann.post(path("/messages"), aside).status());
    ann.say(room, "over");
    Await.until("all is heard", () -> heard.settle() && heard.state().contains("over"));
    assertEquals(5, socket.heard(room, "hidden").size());
    assertEquals(looks, heard.syncs(), "a version without a row needs no question");
    assertFalse(socket.frames().toString().contains(SECRET));
    assertEquals(Replica.truth(late, room), heard.state());
    assertEquals(
        late.get(path("")).body().getLong("version"), heard.cursor(), "no version is missing");
  }

  @Test
  void i11_nothingOldCanBeAnsweredForwardedOrReactedTo() {
    for (String context : List.of("replyTo", "threadOf")) {
      JsonObject wish = new JsonObject().put("text", "what?").put(context, 1);
      Person.Answer refused = late.post(path("/messages"), wish);
      assertEquals(400, refused.status(), context);
      assertFalse(refused.body().encode().contains(SECRET));
    }
    String elsewhere = late.room("group");
    JsonObject there = new JsonObject().put("roomId", elsewhere);
    assertEquals(404, late.post(path("/messages/1/forward"), there).status());
    assertEquals(404, late.put(path("/messages/1/reactions/%F0%9F%91%8D"), null).status());
    JsonObject moderator = new JsonObject().put("role", "moderator");
    assertEquals(200, ann.patch(path("/members/" + late.id()), moderator).status());
    assertEquals(404, late.put(path("/messages/1/pin"), null).status());
    assertEquals(404, late.delete(path("/messages/1")).status());
    assertEquals(404, late.get(path("/messages/1/versions")).status());
  }

  @Test
  void i11_whoComesBackComesAnew_andWhoWasThereSeesAll() {
    ann.say(room, "between");
    assertEquals(List.of("between"), late.history(room));
    assertEquals(204, late.post(path("/leave"), null).status());
    ann.say(room, "without you");
    assertEquals(200, ann.put(path("/members/" + late.id()), null).status());
    assertEquals(List.of(), late.history(room));
    assertEquals(0, late.get(path("")).body().getJsonObject("me").getLong("unread"));
    assertNull(late.get(path("")).body().getJsonObject("lastMessage"));
    change(new JsonObject().put("history", "all"));
    assertEquals(List.of(), late.history(room), "what was hidden from somebody stays so");
    Person third = server.person("third");
    assertEquals(200, ann.put(path("/members/" + third.id()), null).status());
    assertEquals(4, third.history(room).size());
  }
}

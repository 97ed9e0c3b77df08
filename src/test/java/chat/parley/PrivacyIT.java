package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is not mine does not exist: on every path of a room, strangers get the answer of a room that
 * never was.
 */
class PrivacyIT {
  @RegisterExtension final TestServer server = new TestServer();

  private record Request(String method, String path, JsonObject body) {
    Answer by(Person person, String roomId) {
      return person.call(method, "/chat/rooms/" + roomId + path, body);
    }
  }

  /** Every operation on a room; {@code userId} stands for somebody who exists. */
  private static List<Request> everyPath(String userId) {
    return List.of(
        new Request("GET", "", null),
        new Request("GET", "/members", null),
        new Request("GET", "/messages", null),
        new Request("GET", "/messages?before=5", null),
        new Request("GET", "/messages/1", null),
        new Request("GET", "/sync?since=0", null),
        new Request("POST", "/join", null),
        new Request("POST", "/leave", null),
        new Request("POST", "/messages", new JsonObject().put("text", "let me in")),
        new Request("PUT", "/read", new JsonObject().put("seq", 1)),
        new Request("PUT", "/draft", new JsonObject().put("text", "let me in")),
        new Request("DELETE", "/draft", null),
        new Request("GET", "/invites", null),
        new Request("POST", "/invites", new JsonObject()),
        new Request("DELETE", "/invites/" + userId, null),
        new Request("GET", "/bans", null),
        new Request("PUT", "/bans/" + userId, null),
        new Request("DELETE", "/bans/" + userId, null),
        new Request("PUT", "/members/" + userId, null),
        new Request("DELETE", "/members/" + userId, null));
  }

  private static JsonObject withoutInstance(Answer answer) {
    JsonObject body = answer.body().copy();
    body.remove("instance");
    return body;
  }

  @Test
  void privateRoomsOfOthersAreLikeRoomsThatNeverWere() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person eve = server.person("eve");
    String group = ann.room("group", bob);
    String direct = ann.room("direct", bob);
    ann.say(group, "secret");
    ann.say(direct, "secret");
    for (Request request : everyPath(eve.id())) {
      Answer never = request.by(eve, UUID.randomUUID().toString());
      assertEquals(404, never.status(), request::toString);
      for (String room : List.of(group, direct)) {
        Answer stranger = request.by(eve, room);
        assertEquals(404, stranger.status(), request::toString);
        assertEquals(withoutInstance(never), withoutInstance(stranger), request::toString);
      }
    }
    assertEquals(
        2, ann.get("/chat/rooms/" + group + "/members").body().getJsonArray("items").size());
  }

  @Test
  void formerMembersAreStrangers() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "while bob was here");
    assertEquals(200, bob.get("/chat/rooms/" + room + "/messages").status());
    ann.delete("/chat/rooms/" + room + "/members/" + bob.id());
    for (Request request : everyPath(bob.id())) {
      assertEquals(404, request.by(bob, room).status(), request::toString);
    }
  }

  @Test
  void publicRoomShowsItsSummaryAndNothingElse() {
    Person ann = server.person("ann");
    Person eve = server.person("eve");
    String room = ann.room("public");
    ann.say(room, "for members");
    Answer summary = eve.get("/chat/rooms/" + room);
    assertEquals(200, summary.status());
    assertNull(summary.body().getJsonObject("me"));
    assertFalse(summary.body().encode().contains("for members"));
    for (Request request : everyPath(eve.id())) {
      if (!request.path().isEmpty() && !request.path().equals("/join")) {
        assertEquals(403, request.by(eve, room).status(), request::toString);
      }
    }
    JsonObject found = eve.get("/chat/directory?q=room%20of").body();
    assertEquals(room, found.getJsonArray("items").getJsonObject(0).getString("id"));
    assertFalse(found.encode().contains("for members"));
    assertEquals(200, eve.post("/chat/rooms/" + room + "/join", null).status());
    assertEquals(
        1, eve.get("/chat/rooms/" + room + "/messages").body().getJsonArray("items").size());
  }

  @Test
  void nothingIsAnsweredToThoseWhoAreNotSignedIn() {
    Person ann = server.person("ann");
    String room = ann.room("public");
    Person nobody = Person.stranger(server.url());
    for (Request request : everyPath(ann.id())) {
      assertEquals(401, request.by(nobody, room).status(), request::toString);
    }
    for (String path :
        List.of("/chat/rooms", "/chat/directory", "/users?q=a", "/users/" + ann.id(), "/auth/me")) {
      assertEquals(401, nobody.get(path).status(), path);
    }
  }

  @Test
  void othersNeverSeeAnAddress() {
    Person ann = server.person("ann");
    Person eve = server.person("eve");
    JsonObject wish =
        new JsonObject()
            .put("username", "max")
            .put("password", "correct horse of max")
            .put("email", "max@example.org");
    String max = eve.post("/auth/register", wish).body().getJsonObject("user").getString("id");
    String room = ann.room("group");
    ann.put("/chat/rooms/" + room + "/members/" + max, null);
    for (String path :
        List.of(
            "/users?q=max",
            "/users/" + max,
            "/chat/rooms/" + room + "/members",
            "/chat/rooms/" + room + "/sync?since=0")) {
      Answer answer = ann.get(path);
      assertEquals(200, answer.status(), path);
      assertFalse(answer.body().encode().contains("example.org"), path);
      assertFalse(answer.body().encode().contains("argon2"), path);
    }
  }
}

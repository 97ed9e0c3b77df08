package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Person.Bytes;
import chat.parley.testing.Pictures;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people say of themselves, how they look, and who hears of it. */
class ProfileIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static JsonObject wish(String field, String value) {
    return new JsonObject().put(field, value);
  }

  private static JsonObject change(Person person, String field, String value) {
    Answer answer = person.call("PATCH", "/users/me", wish(field, value));
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body();
  }

  @Test
  void whatIsSaidIsSeenAndWhatIsEmptyIsGone() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    change(ann, "statusText", "  on holiday 🏖  ");
    change(ann, "timeZone", "Europe/Berlin");
    JsonObject account = change(ann, "displayName", "Ann Lee");
    assertEquals("Ann Lee", account.getJsonObject("user").getString("displayName"));
    assertEquals("Europe/Berlin", account.getString("timeZone"));
    assertEquals(account, ann.get("/auth/me").body());
    JsonObject seen = bob.get("/users/" + ann.id()).body();
    assertEquals("on holiday 🏖", seen.getString("statusText"));
    assertNull(seen.getString("timeZone"), "the time zone is one's own");
    change(ann, "statusText", "");
    change(ann, "timeZone", "");
    account = change(ann, "displayName", "");
    assertEquals("ann", account.getJsonObject("user").getString("displayName"));
    assertFalse(account.containsKey("timeZone"));
    assertNull(bob.get("/users/" + ann.id()).body().getString("statusText"));
  }

  @Test
  void wrongFieldIsNamedAndNothingChanges() {
    Person ann = server.person("ann");
    server.person("bob");
    JsonObject before = ann.get("/auth/me").body();
    for (List<String> wrong :
        List.of(
            List.of("timeZone", "Europe/Atlantis"),
            List.of("timeZone", "SystemV/PST8"),
            List.of("statusText", "x".repeat(141)),
            List.of("statusText", "turned\u202earound"),
            List.of("statusText", "\u200d"),
            List.of("displayName", "\u202eevil"),
            List.of("username", "a b"),
            List.of("username", "b\u043eb"))) {
      JsonObject both = wish("displayName", "Else").put(wrong.get(0), wrong.get(1));
      Answer answer = ann.call("PATCH", "/users/me", both);
      assertEquals(400, answer.status(), wrong::toString);
      assertEquals(
          "/" + wrong.get(0),
          answer.body().getJsonArray("errors").getJsonObject(0).getString("pointer"));
    }
    assertEquals(409, ann.call("PATCH", "/users/me", wish("username", "BOB")).status());
    assertEquals(before, ann.get("/auth/me").body());
    change(ann, "statusText", "😀".repeat(140));
  }

  @Test
  void newNameSignsInAndTheOldOneIsFree() {
    Person ann = server.person("ann");
    change(ann, "username", "anna");
    JsonObject login =
        new JsonObject().put("login", "anna").put("password", "correct horse of ann");
    assertEquals(200, Person.stranger(server.url()).post("/auth/login", login).status());
    login.put("login", "ann");
    assertEquals(401, Person.stranger(server.url()).post("/auth/login", login).status());
    server.person("ann");
  }

  /** Also in what is said right after: who speaks is not taken from a memory. */
  @Test
  void newNameShowsAtOnceInEveryRoomAndLive() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rooms.add(ann.room("group", bob));
    }
    rooms.add(ann.room("direct", bob));
    ann.say(rooms.get(0), "before");
    BusSocket socket = bob.socket();
    List<Replica> replicas = rooms.stream().map(room -> new Replica(bob, room, socket)).toList();
    Await.until(
        "bob hears all rooms",
        () -> rooms.stream().allMatch(room -> !socket.heard(room, "head").isEmpty()));
    BusSocket own = ann.socket();
    own.register("user." + ann.id());
    change(ann, "displayName", "Ann Lee");
    assertEquals(
        "Ann Lee", ann.say(rooms.get(1), "now").getJsonObject("sender").getString("displayName"));
    assertEquals(
        "Ann Lee",
        bob.get("/chat/rooms/" + rooms.get(0) + "/messages/1")
            .body()
            .getJsonObject("message")
            .getJsonObject("sender")
            .getString("displayName"));
    own.await(
        "ann's devices hear",
        frame ->
            frame.getValue("body") instanceof JsonObject body
                && "user-changed".equals(body.getString("type"))
                && "Ann Lee".equals(body.getJsonObject("user").getString("displayName")));
    for (int i = 0; i < rooms.size(); i++) {
      String room = rooms.get(i);
      Replica replica = replicas.get(i);
      Await.until(
          "room " + i + " shows the new name",
          () ->
              socket.heard(room, "member").stream()
                  .anyMatch(
                      event ->
                          event
                              .getJsonObject("member")
                              .getJsonObject("user")
                              .getString("displayName")
                              .equals("Ann Lee")));
      Await.until(
          "the replica of room " + i + " is the truth",
          () -> replica.settle() && replica.state().equals(Replica.truth(bob, room)));
    }
  }

  @Test
  void pictureIsShownKeptAndForgotten() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    Bytes put =
        ann.bytes(
            "PUT",
            "/users/me/avatar",
            Pictures.halves("png", 600, 500),
            "Content-Type",
            "image/png");
    assertEquals(200, put.status());
    String url = put.json().getJsonObject("user").getString("avatarUrl");
    assertTrue(url.startsWith("/api/v1/users/" + ann.id() + "/avatar?v="), url);
    String path = url.substring("/api/v1".length());
    Bytes shown = bob.bytes("GET", path, null);
    assertEquals("image/jpeg", shown.header("content-type"));
    assertEquals("private, max-age=31536000, immutable", shown.header("cache-control"));
    assertEquals("nosniff", shown.header("x-content-type-options"));
    assertEquals(256, Pictures.read(shown.body()).getWidth());
    assertEquals(304, bob.bytes("GET", path, null, "If-None-Match", shown.header("etag")).status());
    Bytes unnamed = bob.bytes("GET", path.replaceAll("\\?.*", ""), null);
    assertEquals("private, no-cache", unnamed.header("cache-control"));
    assertEquals(url, ann.say(room, "look").getJsonObject("sender").getString("avatarUrl"));
    Bytes other =
        ann.bytes(
            "PUT",
            "/users/me/avatar",
            Pictures.webp(300, 300, java.awt.Color.ORANGE),
            "Content-Type",
            "image/webp");
    String next = other.json().getJsonObject("user").getString("avatarUrl");
    assertFalse(next.equals(url));
    assertEquals(
        "private, max-age=31536000, immutable",
        bob.bytes("GET", next.substring(7), null).header("cache-control"));
    Answer none = ann.delete("/users/me/avatar");
    assertFalse(none.body().getJsonObject("user").containsKey("avatarUrl"));
    assertEquals(404, bob.get("/users/" + ann.id() + "/avatar").status());
    assertEquals(404, bob.bytes("GET", path, null).status());
  }
}

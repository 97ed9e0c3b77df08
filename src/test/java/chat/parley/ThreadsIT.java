package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers and threads: what may be named, what everybody sees, and when nothing may be said. */
class ThreadsIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static JsonObject words(String text) {
    return new JsonObject().put("text", text).put("clientId", UUID.randomUUID().toString());
  }

  private static Person.Answer post(Person who, String room, JsonObject message) {
    return who.post("/chat/rooms/" + room + "/messages", message);
  }

  private static JsonObject posted(Person who, String room, JsonObject message) {
    Person.Answer answer = post(who, room, message);
    assertEquals(201, answer.status(), answer.body()::encode);
    return answer.body().getJsonObject("message");
  }

  private static JsonObject message(Person reader, String room, long seq) {
    return reader.get("/chat/rooms/" + room + "/messages/" + seq).body().getJsonObject("message");
  }

  private static List<Long> thread(Person reader, String room, String query) {
    return reader
        .get("/chat/rooms/" + room + "/messages/" + query)
        .body()
        .getJsonArray("items")
        .stream()
        .map(item -> ((JsonObject) item).getLong("seq"))
        .toList();
  }

  private static void refused(Person.Answer answer, int status, String why) {
    assertEquals(status, answer.status(), answer.body()::encode);
    assertTrue(answer.body().encode().contains(why), answer.body()::encode);
  }

  @Test
  void replyIsInTheTimelineAndCountsAtTheFirstMessageInOneCommit() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group", bob);
    BusSocket socket = bob.socket();
    Replica replica = new Replica(bob, room, socket);
    ann.say(room, "who comes along?");
    ann.say(room, "something else");
    assertNull(message(bob, room, 1).getJsonObject("thread"));

    JsonObject reply = posted(bob, room, words("me").put("threadOf", 1).put("replyTo", 1));
    JsonObject ack =
        Await.get(socket.ask(room, words("me too").put("type", "message").put("threadOf", 1L)));
    assertEquals(reply, message(ann, room, 3));
    assertEquals(1, reply.getInteger("threadOf"));
    assertEquals(1, reply.getInteger("replyTo"));
    assertEquals(4, ack.getJsonObject("body").getInteger("seq"));
    JsonObject first = message(ann, room, 1);
    assertEquals(
        new JsonObject().put("replies", 2).put("lastSeq", 4), first.getJsonObject("thread"));
    // A version of its own, after that of the message it counts.
    assertEquals(ack.getJsonObject("body").getLong("version") + 1, first.getLong("version"));
    assertEquals(
        first.getLong("version"), ann.sync(room, 0).getJsonObject("head").getLong("version"));

    Await.until(
        "everybody sees the same",
        () -> replica.settle() && replica.state().equals(Replica.truth(ann, room)));
    assertTrue(
        socket.heard(room, "message").stream()
            .anyMatch(event -> event.getJsonObject("message").equals(first)));
    // The timeline holds them as well: a room is unread by them.
    assertEquals(2, ann.get("/chat/rooms/" + room).body().getJsonObject("me").getInteger("unread"));
  }

  @Test
  void threadIsPagedLikeTheRoom() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    ann.say(room, "one");
    ann.say(room, "two");
    for (int i = 0; i < 5; i++) {
      posted(ann, room, words("in it").put("threadOf", 1));
      ann.say(room, "beside it");
    }
    assertEquals(List.of(3L, 5L, 7L, 9L, 11L), thread(ann, room, "1/thread"));
    assertEquals(List.of(9L, 11L), thread(ann, room, "1/thread?limit=2"));
    assertEquals(List.of(5L, 7L), thread(ann, room, "1/thread?limit=2&before=9"));
    assertEquals(List.of(5L, 7L), thread(ann, room, "1/thread?limit=2&after=3"));
    JsonObject page = ann.get("/chat/rooms/" + room + "/messages/1/thread?limit=2").body();
    assertEquals(9, page.getInteger("next"));
    assertEquals(12, page.getJsonObject("head").getInteger("lastSeq"));
    assertEquals(List.of(), thread(ann, room, "2/thread"));
    assertEquals(List.of(), thread(ann, room, "3/thread"));
    String messages = "/chat/rooms/" + room + "/messages/";
    assertEquals(404, ann.get(messages + "99/thread").status());
    assertEquals(400, ann.get(messages + "1/thread?before=2&after=1").status());
    Person eve = server.person("eve");
    Person.Answer foreign = eve.get(messages + "1/thread");
    assertEquals(404, foreign.status());
    assertEquals(
        eve.get("/chat/rooms/" + UUID.randomUUID() + "/messages/1/thread")
            .body()
            .getString("title"),
        foreign.body().getString("title"));
  }

  @Test
  void onlyWhatIsThereCanBeNamed() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    ann.say(room, "one");
    posted(ann, room, words("two, in the thread of one").put("threadOf", 1));
    ann.say(room, "three, soon deleted");
    server.sql("update messages set body = null, digest = null, deleted_at = now() where seq = 3");
    BusSocket socket = ann.socket();
    for (String field : List.of("replyTo", "threadOf")) {
      refused(post(ann, room, words("x").put(field, 4)), 400, "\"/" + field + "\"");
      for (Object wrong : List.of(0, -1, 1.5, "1", true, new JsonObject())) {
        refused(post(ann, room, words("x").put(field, wrong)), 400, "/" + field);
        JsonObject err =
            Await.get(socket.ask(room, words("x").put("type", "message").put(field, wrong)));
        assertEquals("err", err.getString("type"), err::encode);
        assertEquals(400, err.getInteger("failureCode"));
        assertTrue(err.encode().contains("/" + field), err::encode);
      }
    }
    // No thread in a thread, and none of nothing; but an answer may name both.
    refused(post(ann, room, words("x").put("threadOf", 2)), 400, "/threadOf");
    refused(post(ann, room, words("x").put("threadOf", 3)), 400, "/threadOf");
    assertEquals(4, posted(ann, room, words("x").put("replyTo", 3)).getInteger("seq"));
    assertEquals(5, posted(ann, room, words("x").put("replyTo", 2)).getInteger("seq"));
    JsonObject none =
        Await.get(socket.ask(room, words("x").put("type", "message").putNull("replyTo")));
    assertEquals(6, none.getJsonObject("body").getInteger("seq"));
  }

  @Test
  void whoCameLaterNamesNothingFromBefore() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group");
    server.sql("update rooms set history = 'joined'");
    ann.say(room, "before bob");
    assertEquals(200, ann.put("/chat/rooms/" + room + "/members/" + bob.id(), null).status());
    ann.say(room, "for bob");
    refused(post(bob, room, words("x").put("replyTo", 1)), 400, "/replyTo");
    refused(post(bob, room, words("x").put("threadOf", 1)), 400, "/threadOf");
    assertEquals(404, bob.get("/chat/rooms/" + room + "/messages/1/thread").status());
    posted(ann, room, words("ann may").put("threadOf", 1));
    posted(bob, room, words("and bob here").put("threadOf", 2));
    assertEquals(List.of(4L), thread(bob, room, "2/thread"));
    // I11: the first message of a thread that bob cannot see is not told to him because it grew.
    assertFalse(bob.sync(room, 0).encode().contains("before bob"));
  }

  @Test
  void sameIdWithAnotherContextIsRefusedAndWithTheSameIsTheSameMessage() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    ann.say(room, "one");
    ann.say(room, "two");
    JsonObject wish = words("again").put("threadOf", 1).put("replyTo", 2);
    JsonObject first = posted(ann, room, wish);
    assertEquals(first, posted(ann, room, wish));
    refused(post(ann, room, wish.copy().put("threadOf", 2)), 409, "id-reused");
    JsonObject bare = wish.copy();
    bare.remove("replyTo");
    refused(post(ann, room, bare), 409, "id-reused");
    assertEquals(1, message(ann, room, 1).getJsonObject("thread").getInteger("replies"));
    // A deleted reply is still one, as a tombstone.
    server.sql("update messages set body = null, digest = null, deleted_at = now() where seq = 3");
    assertEquals(message(ann, room, 3), posted(ann, room, wish));
    posted(ann, room, words("another").put("threadOf", 1));
    assertEquals(2, message(ann, room, 1).getJsonObject("thread").getInteger("replies"));
  }

  @Test
  void archivedRoomTakesNothingButTheSameAgain() {
    Person ann = server.person("ann");
    String room = ann.room("group");
    JsonObject wish = words("in time");
    JsonObject first = posted(ann, room, wish);
    server.sql("update rooms set archived_at = now()");
    refused(post(ann, room, words("too late")), 403, "archived");
    assertEquals(first, posted(ann, room, wish));
    JsonObject err = Await.get(ann.socket().say(room, "nor here"));
    assertEquals(403, err.getInteger("failureCode"), err::encode);
  }

  @Test
  void whereModeratorsPostMembersAreStill() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person eve = server.person("eve");
    String room = ann.room("public", bob, eve);
    server.sql("update rooms set posting = 'moderators'");
    server.sql("update members set role = 'moderator' where user_id = '" + bob.id() + "'");
    posted(ann, room, words("I own it"));
    posted(bob, room, words("I moderate it"));
    refused(post(eve, room, words("I am in it")), 403, "moderators");
    refused(post(eve, room, words("nor in a thread").put("threadOf", 1)), 403, "moderators");
    refused(post(server.person("mia"), room, words("I am not")), 403, "Join the room first");
    assertEquals(2, message(ann, room, 2).getInteger("seq"));
    assertNull(message(ann, room, 1).getJsonObject("thread"));
  }

  @Test
  void afterOneHasBlockedTheOtherNeitherWritesToTheOther() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String direct = ann.room("direct", bob);
    String group = ann.room("group", bob);
    JsonObject wish = words("hello");
    JsonObject first = posted(bob, direct, wish);
    for (String block :
        List.of(
            "('" + ann.id() + "', '" + bob.id() + "')",
            "('" + bob.id() + "', '" + ann.id() + "')")) {
      server.sql("delete from blocks");
      server.sql("insert into blocks (user_id, blocked_id) values " + block);
      refused(post(bob, direct, words("hello?")), 403, "hear");
      refused(post(ann, direct, words("leave me")), 403, "hear");
      assertEquals(first, posted(bob, direct, wish));
      posted(bob, group, words("among others"));
    }
    server.sql("delete from blocks");
    posted(ann, direct, words("never mind"));
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Words that go to another room: both sides are asked, and neither learns of the other. */
class ForwardIT {
  @RegisterExtension final TestServer server = new TestServer();

  private static String at(String room, long seq) {
    return "/chat/rooms/" + room + "/messages/" + seq;
  }

  private static Person.Answer forward(Person who, String room, long seq, JsonObject wish) {
    return who.post(at(room, seq) + "/forward", wish);
  }

  private static JsonObject to(String room) {
    return new JsonObject().put("roomId", room).put("clientId", UUID.randomUUID().toString());
  }

  private static JsonObject forwarded(Person who, String room, long seq, String target) {
    Person.Answer answer = forward(who, room, seq, to(target));
    assertEquals(201, answer.status(), answer.body()::encode);
    return answer.body().getJsonObject("message");
  }

  private static JsonObject message(Person reader, String room, long seq) {
    return reader.get(at(room, seq)).body().getJsonObject("message");
  }

  @Test
  void wordsArriveWithWhoSaidThemAndNothingOfWhere() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person eve = server.person("eve");
    String source = ann.room("group", bob);
    String target = bob.room("group", eve);
    JsonObject said = ann.say(source, "the very words");
    BusSocket socket = eve.socket();
    socket.registerRoom(target);

    JsonObject there = forwarded(bob, source, 1, target);
    assertEquals("the very words", there.getString("text"));
    assertEquals("bob", there.getJsonObject("sender").getString("username"));
    JsonObject origin = there.getJsonObject("forwardedFrom");
    assertEquals(said.getJsonObject("sender"), origin.getJsonObject("sender"));
    assertEquals(said.getString("sentAt"), origin.getString("sentAt"));
    assertEquals(there, message(eve, target, 1));
    JsonObject event =
        socket.await("the event", frame -> frame.encode().contains("the very words"));
    assertEquals(there, event.getJsonObject("body").getJsonObject("message"));
    for (String seen :
        java.util.List.of(there.encode(), event.encode(), eve.sync(target, 0).encode())) {
      assertFalse(seen.contains(source), seen);
    }
    // Where: for bob, who sees both, and for nobody else.
    JsonObject place = bob.get(at(target, 1) + "/origin").body();
    assertEquals(new JsonObject().put("roomId", source).put("seq", 1), place);
    assertEquals(404, eve.get(at(target, 1) + "/origin").status());
    assertEquals(404, ann.get(at(target, 1) + "/origin").status());
    assertEquals(404, ann.get(at(source, 1) + "/origin").status());
    assertEquals(404, bob.get(at(target, 99) + "/origin").status());
  }

  @Test
  void forwardedAgainItIsStillTheFirstOnes() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    Person eve = server.person("eve");
    String first = ann.room("group", bob);
    String second = bob.room("group", eve);
    String third = eve.room("public");
    ann.say(first, "from hand to hand");
    JsonObject once = forwarded(bob, first, 1, second);
    JsonObject twice = forwarded(eve, second, 1, third);
    assertEquals(once.getJsonObject("forwardedFrom"), twice.getJsonObject("forwardedFrom"));
    assertEquals("eve", twice.getJsonObject("sender").getString("username"));
    assertEquals(404, eve.get(at(third, 1) + "/origin").status());
    assertEquals(403, bob.get(at(third, 1) + "/origin").status());
    bob.post("/chat/rooms/" + third + "/join", null);
    assertEquals(first, bob.get(at(third, 1) + "/origin").body().getString("roomId"));
    bob.post("/chat/rooms/" + first + "/leave", null);
    assertEquals(404, bob.get(at(third, 1) + "/origin").status());
  }

  @Test
  void bothSidesAreAsked() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String anns = ann.room("group");
    String open = ann.room("public");
    String both = ann.room("group", bob);
    String bobs = bob.room("group");
    ann.say(anns, "secret");
    ann.say(open, "open to see, when joined");
    ann.say(both, "shared");
    Person.Answer foreign = forward(bob, anns, 1, to(bobs));
    Person.Answer absent = forward(bob, UUID.randomUUID().toString(), 1, to(bobs));
    assertEquals(404, foreign.status());
    assertEquals(absent.body().getString("title"), foreign.body().getString("title"));
    assertEquals(403, forward(bob, open, 1, to(bobs)).status());
    assertEquals(404, forward(bob, both, 9, to(bobs)).status());
    assertEquals(404, forward(bob, both, 1, to(anns)).status());
    assertEquals(403, forward(bob, both, 1, to(open)).status());
    server.sql("update rooms set posting = 'moderators' where id = '" + both + "'");
    bob.say(bobs, "mine");
    assertEquals(403, forward(bob, bobs, 1, to(both)).status());
    // Out of an archived room, not into it.
    server.sql("update rooms set archived_at = now() where id = '" + both + "'");
    assertEquals(201, forward(bob, both, 1, to(bobs)).status());
    assertEquals(403, forward(ann, anns, 1, to(both)).status());
    assertEquals(
        0,
        Long.parseLong(
            server.query(
                "select count(*) from messages m join room_heads h using (room_key) where m.forwarded_room is not null and h.room_id <> '"
                    + bobs
                    + "'")));
  }

  @Test
  void deletedOrTooOldIsNotForwarded() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String room = ann.room("group");
    String bobs = bob.room("group");
    server.sql("update rooms set history = 'joined'");
    ann.say(room, "before bob");
    ann.put("/chat/rooms/" + room + "/members/" + bob.id(), null);
    ann.say(room, "gone soon");
    assertEquals(404, forward(bob, room, 1, to(bobs)).status());
    String anns = ann.room("group", bob);
    forwarded(ann, room, 1, anns);
    // I11: bob is in that room, but does not see so far back.
    assertEquals(404, bob.get(at(anns, 1) + "/origin").status());
    JsonObject kept = forwarded(bob, room, 2, bobs);
    server.sql(
        "update messages m set body = null, digest = null, deleted_at = now() from room_heads h where h.room_key = m.room_key and h.room_id = '"
            + room
            + "' and m.seq = 2");
    Person.Answer refused = forward(bob, room, 2, to(bobs));
    assertEquals(409, refused.status());
    assertEquals(kept, message(bob, bobs, 1));
  }

  @Test
  void askedAgainItIsTheSameMessageWhateverBecameOfTheSource() {
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String source = ann.room("group", bob);
    String target = bob.room("group");
    ann.say(source, "one");
    ann.say(source, "two");
    JsonObject wish = to(target);
    JsonObject first = forward(bob, source, 1, wish).body().getJsonObject("message");
    assertEquals(first, forward(bob, source, 1, wish).body().getJsonObject("message"));
    assertEquals(409, forward(bob, source, 2, wish).status());
    server.sql(
        "update messages set body = 'edited', edited_at = now() where body = 'one' and forwarded_room is null");
    assertEquals(first, forward(bob, source, 1, wish).body().getJsonObject("message"));
    server.sql(
        "update messages set body = null, digest = null, deleted_at = now() where body = 'edited'");
    assertEquals(first, forward(bob, source, 1, wish).body().getJsonObject("message"));
    bob.post("/chat/rooms/" + source + "/leave", null);
    assertEquals(first, forward(bob, source, 1, wish).body().getJsonObject("message"));
    assertEquals(404, forward(bob, source, 2, wish).status());
    assertEquals(404, forward(bob, source, 1, to(target)).status());
    bob.say(target, "the next");
    assertNull(message(bob, target, 2).getJsonObject("forwardedFrom"));
  }

  @Test
  void whoseWordsStaysKnownAlsoWhenTheyAreGone() {
    Person admin = server.person("admin");
    Person ann = server.person("ann", "Ann Lee");
    String source = ann.room("group", admin);
    String target = admin.room("group");
    ann.say(source, "I was here");
    forwarded(admin, source, 1, target);
    assertEquals(204, ann.delete("/users/me?messages=keep").status());
    Await.until(
        "all rooms were told", () -> server.query("select count(*) from rounds").equals("0"));
    JsonObject sender =
        message(admin, target, 1).getJsonObject("forwardedFrom").getJsonObject("sender");
    assertEquals("Deleted account", sender.getString("displayName"));
    assertTrue(sender.getString("username").startsWith("deleted-"));
  }
}

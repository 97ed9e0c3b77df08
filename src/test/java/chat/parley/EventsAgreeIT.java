package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.model.Preview;
import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Pictures;
import chat.parley.testing.Replica;
import chat.parley.testing.SentFiles;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever happens in a room: who heard it live, who reads it afresh and who catches up from any
 * moment before hold the same rows. A new operation that changes a room must have a step here, and
 * a new event must happen in one: both are looked up in the contract.
 */
class EventsAgreeIT {
  private static final String LIKE = "/reactions/%F0%9F%91%8D";

  /** What changes something of one person's own, or nothing that lasts in the room. */
  private static final Set<String> NOT_OF_THE_ROOM =
      Set.of(
          "markRead",
          "changePlace",
          "putDraft",
          "deleteDraft",
          "schedule",
          "makeInvite",
          "revokeInvite",
          "liftBan",
          "reportMessage",
          "forwardMessage");

  @RegisterExtension final TestServer server = new TestServer();

  private final Map<String, Runnable> steps = new LinkedHashMap<>();
  private final List<Replica> before = new ArrayList<>();
  private Person ann;
  private Person bob;
  private Person eve;
  private String room;

  @BeforeEach
  void threePeople() {
    ann = server.person("ann");
    bob = server.person("bob");
    eve = server.person("eve");
    room = ann.room("public", bob);
    step("postMessage", this::talk);
    step("joinRoom", () -> ok(eve.post(at("/join"), null)));
    step("editMessage", () -> ok(bob.patch(at("/messages/2"), text("other words"))));
    step("addReaction", this::react);
    step("removeReaction", () -> ok(eve.delete(at("/messages/1" + LIKE))));
    step("pinMessage", () -> ok(ann.put(at("/messages/2/pin"), null)));
    step("removePreview", this::preview);
    step("deleteMessage", () -> ok(ann.delete(at("/messages/2"))));
    step("unpinMessage", this::unpin);
    step("changeRoom", this::changeRoom);
    step("putRoomAvatar", this::picture);
    step("deleteRoomAvatar", () -> ok(ann.delete(at("/avatar"))));
    step("changeMember", () -> ok(ann.patch(at("/members/" + eve.id()), role("moderator"))));
    step("leaveRoom", () -> ok(eve.post(at("/leave"), null)));
    step("addMember", () -> ok(ann.put(at("/members/" + eve.id()), null)));
    step("removeMember", () -> ok(ann.delete(at("/members/" + eve.id()))));
    step("banMember", () -> ok(ann.put(at("/bans/" + server.person("mallory").id()), null)));
    step("postMessage again", this::talk);
  }

  private void step(String operation, Runnable what) {
    steps.put(operation, what);
  }

  private String at(String rest) {
    return "/chat/rooms/" + room + rest;
  }

  private static JsonObject text(String text) {
    return new JsonObject().put("text", text);
  }

  private static JsonObject role(String role) {
    return new JsonObject().put("role", role);
  }

  private static void ok(Answer answer) {
    assertTrue(answer.status() < 300, () -> answer.status() + " " + answer.body());
  }

  private void talk() {
    long first = ann.say(room, "one, @bob").getLong("seq");
    bob.say(room, "two");
    ok(ann.post(at("/messages"), text("an answer").put("replyTo", first + 1)));
    ok(bob.post(at("/messages"), text("aside").put("threadOf", first)));
    ok(ann.post(at("/messages/" + first + "/forward"), new JsonObject().put("roomId", room)));
    String file = SentFiles.send(ann, "a.txt", new byte[] {'a'}).getString("id");
    long carrying = SentFiles.say(ann, room, "", file).getLong("seq");
    ok(bob.post(at("/messages/" + carrying + "/forward"), new JsonObject().put("roomId", room)));
  }

  private void react() {
    ok(ann.put(at("/messages/1" + LIKE), null));
    ok(eve.put(at("/messages/1" + LIKE), null));
  }

  private void preview() {
    long seq = bob.say(room, "look: http://site.example/").getLong("seq");
    server.preview(
        room, seq, new Preview("http://site.example/", "A page", "of words", "Site", null));
    ok(bob.delete(at("/messages/" + seq + "/preview")));
  }

  private void unpin() {
    ok(ann.put(at("/messages/1/pin"), null));
    ok(ann.delete(at("/messages/1/pin")));
  }

  private void changeRoom() {
    ok(ann.patch(at(""), new JsonObject().put("name", "Another").put("topic", "The topic")));
    ok(ann.patch(at(""), new JsonObject().put("posting", "moderators").put("topic", "")));
    ok(ann.patch(at(""), new JsonObject().put("archived", true)));
    ok(ann.patch(at(""), new JsonObject().put("archived", false).put("posting", "members")));
  }

  private void picture() {
    Person.Bytes put =
        ann.bytes(
            "PUT", at("/avatar"), Pictures.halves("png", 64, 64), "Content-Type", "image/png");
    assertTrue(put.status() < 300, () -> new String(put.body()));
  }

  @Test
  void liveAndFreshAndCaughtUpHoldTheSameRows() {
    Replica live = new Replica(ann, room, ann.socket());
    settle(live);
    for (Map.Entry<String, Runnable> step : steps.entrySet()) {
      before.add(live.copy());
      step.getValue().run();
      settle(live);
      assertEquals(fresh(), live.shown(), () -> "after " + step.getKey());
    }
    assertEquals(0, live.syncs() - 1, "nothing but the first look was missing");
    for (Replica earlier : before) {
      long since = earlier.cursor();
      earlier.catchUp();
      assertEquals(live.state(), earlier.state(), () -> "from version " + since);
    }
    assertEquals(live.state(), Replica.truth(ann, room), "from nothing");
    Set<String> happened = new TreeSet<>(live.types());
    ok(ann.delete(at("")));
    Await.until("the end is heard", () -> live.settle() && live.types().contains("gone"));
    happened.addAll(live.types());
    // Heard by who came later than what is changed: see ProtectedHistoryTrustIT.
    happened.add("hidden");
    assertEquals(typesOfTheContract(), happened, "every lasting event happens in a step");
  }

  private void settle(Replica live) {
    Await.until(
        "all is heard",
        () ->
            live.settle()
                && live.cursor() == ann.get(at("")).body().getLong("version").longValue());
  }

  /** The room by the pages that a newcomer reads. */
  private Map<String, String> fresh() {
    Map<String, String> rows = new TreeMap<>();
    JsonObject page = ann.get(at("/messages?limit=200")).body();
    rows(page.getJsonArray("items"), "message", "seq", rows);
    rows(page.getJsonArray("lines", new JsonArray()), "line", "version", rows);
    for (Object each : ann.get(at("/members?limit=200")).body().getJsonArray("items")) {
      JsonObject member = (JsonObject) each;
      rows.put("member " + member.getJsonObject("user").getString("id"), member.encode());
    }
    return rows;
  }

  private static void rows(JsonArray items, String type, String key, Map<String, String> rows) {
    for (Object each : items) {
      JsonObject row = (JsonObject) each;
      rows.put(type + " " + String.format("%09d", row.getLong(key)), row.encode());
    }
  }

  @Test
  void everyOperationThatChangesARoomHasAStep() throws IOException {
    Set<String> changing = new TreeSet<>();
    Matcher operation =
        Pattern.compile(
                "(?m)^  (/\\S+):$|^    (get|put|post|patch|delete):$|^      operationId: (\\w+)$")
            .matcher(Files.readString(Path.of("openapi.yaml")));
    String path = "";
    String method = "";
    while (operation.find()) {
      if (operation.group(1) != null) {
        path = operation.group(1);
      } else if (operation.group(2) != null) {
        method = operation.group(2);
      } else if (path.startsWith("/chat/rooms/{roomId}") && !method.equals("get")) {
        changing.add(operation.group(3));
      }
    }
    changing.removeAll(NOT_OF_THE_ROOM);
    // The last step of the other test.
    changing.remove("deleteRoom");
    Set<String> played = new TreeSet<>(steps.keySet());
    played.remove("postMessage again");
    assertEquals(changing, played);
  }

  private static Set<String> typesOfTheContract() {
    try {
      Matcher types =
          Pattern.compile("type: \\{ type: string, enum: \\[(message, member, room[^]]*)]")
              .matcher(Files.readString(Path.of("openapi.yaml")));
      assertTrue(types.find());
      Set<String> all = new TreeSet<>(List.of(types.group(1).split(", ")));
      all.add("hidden");
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

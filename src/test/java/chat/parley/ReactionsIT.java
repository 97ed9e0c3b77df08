package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Emoji under messages: counted for everybody, and mine beside them. */
class ReactionsIT {
  private static final String THUMB = "\uD83D\uDC4D";
  private static final String HEART = "\u2764\uFE0F";

  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static int people;

  private static Person person(String name) {
    return server.person(name + ++people);
  }

  private static String message(String room, long seq) {
    return "/chat/rooms/" + room + "/messages/" + seq;
  }

  private static String path(String room, long seq, String emoji) {
    return message(room, seq)
        + "/reactions/"
        + URLEncoder.encode(emoji, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Answer react(Person who, String room, long seq, String emoji) {
    return who.put(path(room, seq, emoji), null);
  }

  private static JsonObject kind(JsonObject message, String emoji) {
    return message.getJsonArray("reactions", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("emoji").equals(emoji))
        .findFirst()
        .orElse(null);
  }

  private static JsonObject shown(Person reader, String room, long seq) {
    return reader.get(message(room, seq)).body().getJsonObject("message");
  }

  @Test
  void reactionIsCountedForAllAndMineStandsBeside() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "hello");
    ann.say(room, "nobody reacts to this");
    Replica replica = new Replica(bob, room, bob.socket());
    assertEquals(200, react(ann, room, 1, HEART).status());
    assertEquals(200, react(bob, room, 1, THUMB).status());
    Answer answer = react(ann, room, 1, THUMB);
    JsonObject thumbs = kind(answer.body().getJsonObject("message"), THUMB);
    assertEquals(2, thumbs.getInteger("count"));
    assertEquals(new JsonArray(List.of(bob.id(), ann.id())), thumbs.getJsonArray("some"));
    assertEquals(new JsonArray(List.of(HEART, THUMB)), answer.body().getJsonArray("mine"));
    JsonObject page = ann.get("/chat/rooms/" + room + "/messages").body();
    assertEquals(
        new JsonObject().put("1", new JsonArray(List.of(HEART, THUMB))),
        page.getJsonObject("mine"));
    JsonObject since = bob.get("/chat/rooms/" + room + "/sync?since=0").body();
    assertEquals(
        new JsonObject().put("1", new JsonArray(List.of(THUMB))), since.getJsonObject("mine"));
    assertEquals(
        new JsonArray(List.of(THUMB)), bob.get(message(room, 1)).body().getJsonArray("mine"));
    Await.until(
        "bob's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(bob, room)));
    Answer back = ann.delete(path(room, 1, HEART));
    assertEquals(new JsonArray(List.of(THUMB)), back.body().getJsonArray("mine"));
    assertEquals(1, back.body().getJsonObject("message").getJsonArray("reactions").size());
    assertEquals(200, ann.delete(path(room, 1, THUMB)).status());
    assertEquals(200, bob.delete(path(room, 1, THUMB)).status());
    assertFalse(shown(ann, room, 1).containsKey("reactions"));
    assertFalse(shown(ann, room, 1).containsKey("editedAt"));
  }

  @Test
  void onceMoreChangesNothing() {
    Person ann = person("ann");
    String room = ann.room("group");
    ann.say(room, "hello");
    Answer first = react(ann, room, 1, HEART);
    assertEquals(first.body(), react(ann, room, 1, "\u2764").body());
    Answer gone = ann.delete(path(room, 1, HEART));
    assertEquals(gone.body(), ann.delete(path(room, 1, HEART)).body());
    assertEquals(gone.body(), ann.delete(path(room, 1, THUMB)).body());
    assertEquals(
        gone.body().getJsonObject("message").getLong("version"),
        ann.get("/chat/rooms/" + room).body().getLong("version"));
  }

  @Test
  void myOtherDevicesHearWhatIReactedAndOthersDoNot() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "hello");
    BusSocket phone = ann.socket();
    BusSocket foreign = bob.socket();
    phone.register("user." + ann.id());
    foreign.register("user." + bob.id());
    foreign.registerRoom(room);
    react(ann, room, 1, THUMB);
    JsonObject told =
        phone
            .await(
                "a word to my phone",
                frame ->
                    frame.getValue("body") instanceof JsonObject body
                        && "reacted".equals(body.getString("type")))
            .getJsonObject("body");
    assertEquals(1, told.getLong("seq"));
    assertEquals(room, told.getString("roomId"));
    assertEquals(new JsonArray(List.of(THUMB)), told.getJsonArray("mine"));
    assertEquals(shown(ann, room, 1).getLong("version"), told.getLong("messageVersion"));
    Await.until("the event", () -> !foreign.heard(room, "message").isEmpty());
    JsonObject event = foreign.heard(room, "message").get(0);
    assertFalse(event.containsKey("mine"));
    assertFalse(event.encode().contains(ann.token()));
    assertTrue(foreign.frames().stream().noneMatch(frame -> frame.encode().contains("reacted")));
  }

  private static String of(String room) {
    return "room_key = (select room_key from room_heads where room_id = '" + room + "')";
  }

  /** As if so many had reacted; their accounts are left out. */
  private static void crowd(String room, int n) {
    server.sql(
        "insert into reactions select room_key, 1, '"
            + THUMB
            + "', gen_random_uuid(), -i from room_heads, generate_series(1, "
            + n
            + ") i where "
            + of(room));
    server.sql(
        "update messages set reactions = (select jsonb_build_array(jsonb_build_object('emoji', '"
            + THUMB
            + "', 'count', count(*), 'some', jsonb_agg(user_id order by version))) from reactions where "
            + of(room)
            + ") where "
            + of(room));
  }

  @Test
  void sixAtOnceAreAllCountedAndTwentyAreNamed() {
    List<Person> all = IntStream.range(0, 6).mapToObj(i -> person("crowd")).toList();
    String room = all.get(0).room("group", all.subList(1, 6).toArray(Person[]::new));
    all.get(0).say(room, "hello");
    crowd(room, 17);
    List<CompletableFuture<Answer>> racing =
        all.stream()
            .map(each -> CompletableFuture.supplyAsync(() -> react(each, room, 1, THUMB)))
            .toList();
    racing.forEach(each -> assertEquals(200, each.join().status()));
    JsonObject thumbs = kind(shown(all.get(0), room, 1), THUMB);
    assertEquals(23, thumbs.getInteger("count"));
    List<?> some = thumbs.getJsonArray("some").getList();
    assertEquals(20, some.stream().distinct().count());
    Person first = all.stream().filter(each -> some.get(17).equals(each.id())).findFirst().get();
    JsonObject left =
        kind(first.delete(path(room, 1, THUMB)).body().getJsonObject("message"), THUMB);
    assertEquals(22, left.getInteger("count"));
    assertEquals(some.subList(0, 17), left.getJsonArray("some").getList().subList(0, 17));
    assertEquals(some.subList(18, 20), left.getJsonArray("some").getList().subList(17, 19));
    assertEquals("22", server.query("select count(*) from reactions where " + of(room)));
  }

  @Test
  void whoReactedComesInPages() {
    Person ann = person("ann");
    Person bob = person("bob");
    Person carl = person("carl");
    String room = ann.room("group", bob, carl);
    ann.say(room, "hello");
    for (Person each : List.of(carl, ann, bob)) {
      react(each, room, 1, THUMB);
    }
    react(bob, room, 1, HEART);
    JsonObject page = bob.get(path(room, 1, THUMB) + "?limit=2").body();
    assertEquals(List.of(carl.id(), ann.id()), ids(page));
    page = bob.get(path(room, 1, THUMB) + "?limit=2&after=" + page.getLong("next")).body();
    assertEquals(List.of(bob.id()), ids(page));
    assertFalse(page.containsKey("next"));
    assertEquals(List.of(), ids(ann.get(path(room, 1, "\uD83C\uDF89")).body()));
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(each -> ((JsonObject) each).getString("id"))
        .toList();
  }

  @Test
  void oneEmojiAndAtMostTwentyKinds() {
    Person ann = person("ann");
    String room = ann.room("group");
    ann.say(room, "hello");
    for (String none : List.of("a", "no", "1", ":)", THUMB + THUMB, "<b>", "\u202E" + THUMB)) {
      Answer refused = react(ann, room, 1, none);
      assertEquals(400, refused.status(), none);
      assertEquals(
          "emoji", refused.body().getJsonArray("errors").getJsonObject(0).getString("pointer"));
      assertEquals(400, ann.get(path(room, 1, none)).status());
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(200, react(ann, room, 1, Character.toString(0x1F600 + i)).status());
    }
    assertEquals(409, react(ann, room, 1, THUMB).status());
    assertEquals(200, react(ann, room, 1, Character.toString(0x1F600)).status());
    ann.delete(path(room, 1, Character.toString(0x1F603)));
    assertEquals(200, react(ann, room, 1, THUMB).status());
    assertEquals(20, shown(ann, room, 1).getJsonArray("reactions").size());
  }

  /** I10: what is not yours does not exist. */
  @Test
  void strangersAndAbsentMessagesAreAlike() {
    Person ann = person("ann");
    Person eve = person("eve");
    String room = ann.room("group");
    String open = ann.room("public");
    ann.say(room, "hello");
    ann.say(open, "hello");
    for (String method : List.of("PUT", "DELETE", "GET")) {
      JsonObject foreign = eve.call(method, path(room, 1, THUMB), null).body();
      JsonObject absent =
          eve.call(method, path("01890a5d-ac96-774b-bcce-b302099a8057", 1, THUMB), null).body();
      foreign.remove("instance");
      absent.remove("instance");
      assertEquals(404, foreign.getInteger("status"));
      assertEquals(absent, foreign);
      assertEquals(403, eve.call(method, path(open, 1, THUMB), null).status());
      assertEquals(404, ann.call(method, path(room, 2, THUMB), null).status());
      assertEquals(
          401, Person.stranger(server.url()).call(method, path(room, 1, THUMB), null).status());
    }
  }

  @Test
  void nobodyReactsInAnArchivedRoom() {
    Person ann = person("ann");
    String room = ann.room("group");
    ann.say(room, "hello");
    react(ann, room, 1, HEART);
    server.sql("update rooms set archived_at = now() where id = '" + room + "'");
    assertEquals(403, react(ann, room, 1, THUMB).status());
    assertEquals(403, ann.delete(path(room, 1, HEART)).status());
    assertEquals(1, ann.get(path(room, 1, HEART)).body().getJsonArray("items").size());
  }

  /** I11: whoever came later may not see it, nor say anything about it. */
  @Test
  void whatWasSaidBeforeTheyCameIsNotTheirsToReactTo() {
    Person ann = person("ann");
    Person bob = person("bob");
    String room = ann.room("group", bob);
    ann.say(room, "before");
    ann.say(room, "after");
    server.sql(
        "update members set from_seq = 2 where room_id = '"
            + room
            + "' and user_id = '"
            + bob.id()
            + "'");
    assertEquals(404, react(bob, room, 1, THUMB).status());
    assertEquals(404, bob.get(path(room, 1, THUMB)).status());
    assertEquals(200, react(bob, room, 2, THUMB).status());
  }
}

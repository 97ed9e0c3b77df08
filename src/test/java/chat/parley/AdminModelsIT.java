package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What administrators see of every model and do to its rows, and that nobody else finds it. */
class AdminModelsIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Person admin;
  private static Person ann;
  private static Person bob;
  private static String room;

  @BeforeAll
  static void people() {
    admin = server.person("admin");
    ann = server.person("ann");
    bob = server.person("bob");
    room = ann.room("group", bob);
    ann.say(room, "the first");
    for (int i = 0; i < 8; i++) {
      bob.say(room, "number " + i);
    }
  }

  @BeforeEach
  void freshlyProved() {
    server.sql("update sessions set confirmed_at = now()");
  }

  private static List<JsonObject> items(Answer answer) {
    assertEquals(200, answer.status(), answer.body()::encode);
    return answer.body().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private static List<JsonObject> list(String path) {
    return items(admin.get("/admin/" + path));
  }

  private static List<String> of(List<JsonObject> rows, String column) {
    return rows.stream().map(row -> String.valueOf(row.getValue(column))).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonObject bulk(String action, String... ids) {
    return new JsonObject().put("action", action).put("ids", new JsonArray(List.of(ids)));
  }

  private static String pointer(Answer answer) {
    assertEquals(400, answer.status(), answer.body()::encode);
    return answer.body().getJsonArray("errors").getJsonObject(0).getString("pointer");
  }

  private static long noted(String act) {
    return Long.parseLong(server.query("select count(*) from audit_log where act = '" + act + "'"));
  }

  private static List<JsonObject> models() {
    return list("models");
  }

  /** C4, A15: every model lists in each of its orders, and each row can be looked at. */
  @Test
  void everyModelIsListedInEveryOrderAndEveryRowCanBeLookedAt() {
    for (JsonObject model : models()) {
      String name = model.getString("name");
      for (Object each : model.getJsonArray("sorts")) {
        String sort = ((JsonObject) each).getString("name");
        List<String> up = of(list(name + "?limit=200&sort=" + sort), "id");
        List<String> down = new ArrayList<>(of(list(name + "?limit=200&sort=-" + sort), "id"));
        if (!name.equals("audit-log")) {
          Collections.reverse(down);
          assertEquals(up, down, name + " by " + sort);
        }
      }
      List<JsonObject> rows = list(name + "?limit=1");
      if (!rows.isEmpty()) {
        String id = rows.get(0).getString("id");
        Answer one = admin.get("/admin/" + name + "/" + encoded(id).replace("+", "%20"));
        assertEquals(200, one.status(), name + " " + id + one.body().encode());
        assertEquals(id, one.body().getJsonObject("item").getString("id"), name);
      }
      assertEquals(404, admin.get("/admin/" + name + "/no-such-row").status(), name);
    }
    assertEquals(
        List.of("ann"),
        of(list("users?filter=username:ann"), "username"),
        "found by name in its folded form");
    assertEquals(List.of("ann"), of(list("users?q=ANN"), "username"));
    assertEquals(List.of("admin"), of(list("users?filter=role:admin"), "username"));
    assertTrue(of(list("chat-rooms?q=room%20of%20ann"), "id").contains(room));
    assertTrue(list("sessions?q=JAVA-HTTP").size() > 2, "by what the clients call themselves");
    assertEquals(0, list("sessions?q=netscape").size());
  }

  @Test
  void pagesAreWholeWhoeverComesMeanwhile() {
    List<String> seen = new ArrayList<>();
    String after = "";
    int page = 0;
    do {
      Answer answer = admin.get("/admin/messages?limit=2&sort=place&filter=room:" + room + after);
      seen.addAll(of(items(answer), "seq"));
      String next = answer.body().getString("next");
      after = next == null ? null : "&after=" + next;
      bob.say(room, "meanwhile " + page++);
    } while (after != null && page < 20);
    assertEquals(seen.size(), new HashSet<>(seen).size(), seen::toString);
    assertEquals(
        Stream.iterate(1, seq -> seq + 1).limit(seen.size()).map(String::valueOf).toList(), seen);
    assertTrue(seen.size() > 9, "those that came meanwhile stand at the end " + seen);
  }

  @Test
  void conditionsWithoutAnIndexAreJudgedAlongTheWay() {
    String path = "messages?filter=room:" + room;
    assertEquals(List.of("the first"), of(list(path + "&filter=sender:" + ann.id()), "text"));
    assertEquals(List.of("number 7"), of(list(path + "&q=NUMBER%207"), "text"));
    List<String> newest = of(list(path + "&filter=sender:" + bob.id() + "&limit=1"), "sender");
    assertEquals(List.of(bob.id()), newest);
  }

  @Test
  void whatIsNotOfferedIsNamed() {
    assertEquals("sort", pointer(admin.get("/admin/users?sort=email")));
    assertEquals("sort", pointer(admin.get("/admin/users?sort=name&filter=role:admin")));
    assertEquals("filter", pointer(admin.get("/admin/users?filter=shoe:42")));
    assertEquals("filter", pointer(admin.get("/admin/users?filter=role:owner")));
    assertEquals("filter", pointer(admin.get("/admin/sessions?filter=user:ann")));
    assertEquals("filter", pointer(admin.get("/admin/users?filter=x")));
    assertEquals("q", pointer(admin.get("/admin/blocks?q=ann")));
    assertEquals("limit", pointer(admin.get("/admin/users?limit=201")));
    Answer page = admin.get("/admin/users?limit=1&sort=created");
    String next = page.body().getString("next");
    for (String wrong : List.of("nonsense", next.substring(1), "W10", "WyJjcmVhdGVkIiwxXQ")) {
      assertEquals("after", pointer(admin.get("/admin/users?sort=created&after=" + wrong)), wrong);
    }
    assertEquals("after", pointer(admin.get("/admin/users?sort=-created&after=" + next)));
    assertEquals(404, admin.get("/admin/unicorns").status());
    assertEquals(404, admin.post("/admin/media", new JsonObject()).status(), "none is made here");
    assertEquals("/action", pointer(admin.post("/admin/users/actions", bulk("fly", ann.id()))));
    JsonObject unknown = new JsonObject().put("role", "member").put("crown", true);
    assertEquals(
        "/crown", pointer(admin.patch("/admin/members/" + room + ":" + bob.id(), unknown)));
  }

  /** C1: nobody but an administrator learns that there is anything. */
  @Test
  void othersFindNothing() {
    Person stranger = Person.stranger(server.url());
    JsonObject nothing = ann.get("/admin/no/such/path").body();
    for (String path : List.of("/admin/models", "/admin/users", "/admin/users/" + ann.id())) {
      assertEquals(401, stranger.get(path).status(), path);
      Answer refused = ann.get(path);
      assertEquals(404, refused.status(), path);
      assertEquals(nothing.getString("type"), refused.body().getString("type"));
      assertEquals(nothing.fieldNames(), refused.body().fieldNames());
    }
    assertEquals(404, ann.bytes("GET", "/admin/users/export", null).status());
    assertEquals(404, ann.post("/admin/users/actions", bulk("disable", bob.id())).status());
    assertEquals(404, ann.delete("/admin/users/" + bob.id()).status());
  }

  /** What stands literally in the contract comes before a model's name. */
  @Test
  void literalPathsComeFirst() {
    Answer changed =
        admin.patch(
            "/admin/users/" + bob.id(), new JsonObject().put("displayName", " Bob the second "));
    assertEquals(200, changed.status(), changed.body()::encode);
    assertEquals("Bob the second", changed.body().getString("displayName"));
    assertFalse(changed.body().containsKey("item"), "the shape that it always had");
    assertEquals(
        "Bob the second",
        admin
            .get("/admin/users/" + bob.id())
            .body()
            .getJsonObject("item")
            .getString("displayName"));
    assertTrue(admin.get("/admin/applications").body().containsKey("items"));
    assertEquals(405, admin.call("DELETE", "/admin/stats", null).status());
  }

  /** S76: what a spreadsheet would run is a text in the file. */
  @Test
  void s76_exportIsSafeToOpenAndAsksForAProof() {
    String quiet = ann.room("group", bob);
    for (String text : List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", " =1", "a \"b\", c")) {
      ann.say(quiet, text);
    }
    String path = "/admin/messages/export?sort=place&filter=room:" + quiet;
    server.sql("update sessions set confirmed_at = now() - interval '11 minutes'");
    Person.Bytes refused = admin.bytes("GET", path, null);
    assertEquals(403, refused.status());
    assertTrue(refused.json().getString("type").endsWith("/confirm-first"));
    assertEquals(200, admin.get("/admin/messages").status(), "looking asks for none");
    server.sql("update sessions set confirmed_at = now()");

    long before = noted("admin.export");
    Person.Bytes file = admin.bytes("GET", path, null);
    assertEquals(200, file.status());
    assertEquals("text/csv", file.header("Content-Type"));
    assertTrue(
        file.header("Content-Disposition")
            .startsWith("attachment; filename=\"parley-messages.csv\""));
    String csv = new String(file.body(), StandardCharsets.UTF_8);
    assertTrue(csv.startsWith("id,room,seq,"), csv);
    for (String cell :
        List.of("'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(A1)", "' =1", "a \"\"b\"\", c")) {
      assertTrue(csv.contains(",\"" + cell + "\","), cell + " in " + csv);
    }
    assertEquals(7, csv.split("\r\n").length);
    assertEquals(before + 1, noted("admin.export"), "one note however many pages");
    assertEquals(400, admin.bytes("GET", "/admin/messages/export?sort=shoe", null).status());
  }

  @Test
  void severalAreDoneAndWhatFailsIsToldBesideThem() {
    Person cid = server.person("cid");
    String nobody = UUID.randomUUID().toString();
    server.sql("update sessions set confirmed_at = now() - interval '11 minutes'");
    assertEquals(
        403, admin.post("/admin/users/actions", bulk("disable", cid.id())).status(), "no proof");
    server.sql("update sessions set confirmed_at = now()");
    Answer some =
        admin.post("/admin/users/actions", bulk("disable", cid.id(), nobody, "x", admin.id()));
    assertEquals(200, some.status(), some.body()::encode);
    assertEquals(new JsonArray().add(cid.id()), some.body().getJsonArray("done"));
    JsonArray failed = some.body().getJsonArray("failed");
    assertEquals(
        List.of(404, 404, 409),
        failed.stream().map(each -> ((JsonObject) each).getInteger("status")).toList());
    assertEquals(401, cid.get("/auth/me").status(), "disabled, and its session over");
    assertEquals(List.of("cid"), of(list("users?filter=state:disabled"), "username"));
    assertEquals(200, admin.post("/admin/users/actions", bulk("enable", cid.id())).status());
    cid.login();
    Answer ended = admin.post("/admin/users/actions", bulk("end-sessions", cid.id()));
    assertEquals(1, ended.body().getJsonArray("done").size());
    assertEquals(401, cid.get("/auth/me").status());
    String ids = Stream.generate(() -> nobody).limit(101).collect(Collectors.joining(","));
    assertEquals(400, admin.post("/admin/users/actions", bulk("disable", ids.split(","))).status());
  }

  @Test
  void accountIsMadeChangedAndDeleted() {
    JsonObject wish = new JsonObject().put("username", "Dora").put("email", "dora@example.org");
    Answer made = admin.post("/admin/users", wish);
    assertEquals(201, made.status(), made.body()::encode);
    String id = made.body().getJsonObject("item").getString("id");
    assertFalse(made.body().getJsonObject("item").getBoolean("hasPassword"));
    assertEquals("1", links(id), "a letter with a link is on its way");
    assertEquals(409, admin.post("/admin/users", wish).status());
    assertEquals(
        "/email", pointer(admin.post("/admin/users", new JsonObject().put("username", "eve"))));

    JsonObject moved = new JsonObject().put("email", "d@example.org");
    assertEquals(200, admin.patch("/admin/users/" + id, moved).status());
    assertEquals("0", links(id), "what went to the old address opens nothing");
    assertEquals(List.of(id), of(list("users?filter=email:d@EXAMPLE"), "id"));
    assertEquals(
        1,
        admin
            .post("/admin/users/actions", bulk("send-reset-link", id))
            .body()
            .getJsonArray("done")
            .size());
    List<JsonObject> tokens = list("password-reset-tokens?filter=user:" + id);
    assertTrue(tokens.stream().noneMatch(row -> row.encode().contains("hash")), tokens::toString);
    String live =
        server.query(
            "select id from mail_tokens where ended_at is null and user_id = '" + id + "'");
    assertEquals(204, admin.delete("/admin/password-reset-tokens/" + live).status());
    assertEquals("0", links(id));

    assertEquals(204, admin.delete("/admin/users/" + id).status());
    JsonObject gone = admin.get("/admin/users/" + id).body().getJsonObject("item");
    assertEquals("Deleted account", gone.getString("displayName"));
    assertFalse(gone.containsKey("email"), gone::encode);
    assertEquals(404, admin.delete("/admin/users/" + id).status(), "once");
    assertEquals(409, admin.delete("/admin/users/" + admin.id()).status(), "somebody remains");
  }

  private static String links(String userId) {
    return server.query(
        "select count(*) from mail_tokens where ended_at is null and user_id = '" + userId + "'");
  }

  /** Versions and events come of what administrators do as of what members do. */
  @Test
  void roomsMembersAndMessagesChangeForEverybodyInThem() {
    String place = ann.room("group", bob);
    ann.say(place, "to be deleted");
    BusSocket ear = bob.socket();
    ear.registerRoom(place);
    String message = place + ":1";
    assertEquals(
        "to be deleted",
        admin.get("/admin/messages/" + message).body().getJsonObject("item").getString("text"));
    assertEquals(204, admin.delete("/admin/messages/" + message).status());
    ear.await("the tombstone", frame -> said(frame, "message").containsKey("deletedAt"));
    assertEquals(
        List.of("null"), of(list("messages?filter=state:deleted&filter=room:" + place), "text"));

    JsonObject wish = new JsonObject().put("name", "Renamed").put("archived", true);
    Answer changed = admin.patch("/admin/chat-rooms/" + place, wish);
    assertEquals(200, changed.status(), changed.body()::encode);
    assertEquals("Renamed", changed.body().getJsonObject("item").getString("name"));
    ear.await("the name", frame -> "Renamed".equals(said(frame, "room").getString("name")));

    String owner = place + ":" + ann.id();
    String member = place + ":" + bob.id();
    assertEquals(409, admin.delete("/admin/members/" + owner).status(), "who owns it stays");
    assertEquals(
        200,
        admin.patch("/admin/members/" + member, new JsonObject().put("role", "owner")).status());
    assertEquals(204, admin.delete("/admin/members/" + owner).status());
    assertEquals(404, ann.get("/chat/rooms/" + place).status());
    JsonObject back = new JsonObject().put("room", place).put("user", ann.id());
    assertEquals(201, admin.post("/admin/members", back).status());
    assertEquals(200, ann.get("/chat/rooms/" + place).status());

    long head = bob.sync(place, 0).getJsonObject("head").getLong("version");
    ear.await("every change", frame -> head == version(frame));
    assertEquals(204, admin.delete("/admin/chat-rooms/" + place).status());
    assertEquals(404, bob.get("/chat/rooms/" + place).status());
    String direct = ann.room("direct", bob);
    assertEquals(409, admin.delete("/admin/chat-rooms/" + direct).status());
  }

  private static JsonObject said(JsonObject frame, String what) {
    return frame.getJsonObject("body", new JsonObject()).getJsonObject(what, new JsonObject());
  }

  private static long version(JsonObject frame) {
    return frame.getJsonObject("body", new JsonObject()).getLong("version", -1L);
  }

  @Test
  void sessionsKeysLettersAndInvitationsEnd() {
    Person eva = server.person("eva");
    String session =
        server.query("select id from sessions where user_id = '" + eva.id() + "' limit 1");
    assertEquals(
        1,
        admin
            .post("/admin/sessions/actions", bulk("end", session))
            .body()
            .getJsonArray("done")
            .size());
    assertEquals(401, eva.get("/auth/me").status());
    eva.login();
    server.sql("update sessions set confirmed_at = now()");
    JsonObject wish =
        new JsonObject().put("name", "bot").put("scopes", new JsonArray().add("read"));
    JsonObject key = eva.post("/auth/api-keys", wish).body();
    List<JsonObject> keys = list("api-keys?filter=user:" + eva.id());
    assertEquals(List.of("bot"), of(keys, "name"));
    assertFalse(keys.get(0).containsKey("expiresAt"), "lasts until it is revoked");
    admin.post("/admin/api-keys/actions", bulk("revoke", key.getString("id")));
    Person bot = Person.bearing(server.url(), key.getString("key"));
    assertEquals(401, bot.get("/auth/me").status());

    String place = ann.room("group", bob);
    ann.post("/chat/rooms/" + place + "/invites", new JsonObject());
    String invite = list("invites?filter=room:" + place).get(0).getString("id");
    assertEquals(204, admin.delete("/admin/invites/" + invite).status());
    assertEquals(0, list("invites?filter=room:" + place).size());

    server.sql(
        "insert into letters (id, kind, user_id, recipient, failed_at) values"
            + " (gen_random_uuid(), 'email_confirm', '"
            + eva.id()
            + "', 'eva@example.org', now())");
    String letter = list("letters?filter=user:" + eva.id()).get(0).getString("id");
    Answer retried = admin.post("/admin/letters/actions", bulk("retry", letter));
    assertEquals(new JsonArray().add(letter), retried.body().getJsonArray("done"));
    assertEquals(204, admin.delete("/admin/letters/" + letter).status());
  }

  /** No key lets in or shuts out a person, not even an administrator's. */
  @Test
  void keysOfProgramsLookButTouchNoAccount() {
    JsonObject wish =
        new JsonObject().put("name", "ops").put("scopes", new JsonArray().add("admin"));
    String key = admin.post("/auth/api-keys", wish).body().getString("key");
    Person program = Person.bearing(server.url(), key);
    assertEquals(200, program.get("/admin/users").status());
    Answer refused = program.post("/admin/users/actions", bulk("disable", bob.id()));
    assertEquals(403, refused.status(), refused.body()::encode);
    assertTrue(refused.body().getString("type").endsWith("/scope-missing"));
    String place = ann.room("group");
    JsonObject name = new JsonObject().put("name", "Named by a program");
    assertEquals(200, program.patch("/admin/chat-rooms/" + place, name).status());
  }

  /** S77: exactly one act in the audit log for each look and each deed. */
  @Test
  void s77_everyLookAndDeedIsNotedOnce() {
    long lists = noted("admin.list");
    list("users?q=ann");
    assertEquals(lists + 1, noted("admin.list"));
    assertEquals(
        "users {\"searched\": true}",
        server.query(
            "select table_name || ' ' || after from audit_log where act = 'admin.list' order by id desc limit 1"),
        "not for what");
    long looks = noted("admin.view");
    admin.get("/admin/chat-rooms/" + room);
    assertEquals(looks + 1, noted("admin.view"));
    long deleted = noted("admin.delete");
    long all = acts();
    String quiet = ann.room("group");
    assertEquals(204, admin.delete("/admin/chat-rooms/" + quiet).status());
    assertEquals(deleted + 1, noted("admin.delete"));
    assertEquals(all + 1, acts(), "and nothing beside it");
    admin.delete("/admin/chat-rooms/" + quiet);
    assertEquals(all + 1, acts(), "what was not done is not noted");
  }

  private static long acts() {
    return Long.parseLong(server.query("select count(*) from audit_log where act is not null"));
  }
}

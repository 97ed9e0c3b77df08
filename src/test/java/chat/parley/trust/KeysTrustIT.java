package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys of programs: each does what it was made for, until it is taken back. */
class KeysTrustIT {
  @RegisterExtension final TestServer server = new TestServer();
  private Person anna;
  private Person bert;
  private Books books;

  @BeforeEach
  void people() {
    anna = server.person("anna");
    bert = server.person("bert");
    books = new Books(server.database());
  }

  static JsonObject wish(String... scopes) {
    return new JsonObject().put("name", "bot").put("scopes", new JsonArray(List.of(scopes)));
  }

  static JsonObject make(Person owner, String... scopes) {
    Answer made = owner.post("/auth/api-keys", wish(scopes));
    assertEquals(201, made.status(), made.body()::encode);
    return made.body();
  }

  private Person bearer(JsonObject key) {
    return Person.bearing(server.url(), key.getString("key"));
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.body().getString("type");
  }

  @Test
  void keySpeaksForItsOwnerAndIsShownOnce() {
    JsonObject key = make(bert, "read", "write");
    assertTrue(key.getString("key").matches("parley_[A-Za-z0-9_-]{43}"), key.encode());
    assertNull(key.getString("expiresAt"));
    Person bot = bearer(key);
    assertEquals(bert.id(), bot.get("/auth/me").body().getJsonObject("user").getString("id"));
    String room = bot.room("group");
    bot.say(room, "beep");
    assertEquals(List.of("beep"), bert.history(room));
    JsonArray listed = bert.get("/auth/api-keys").body().getJsonArray("items");
    assertEquals(1, listed.size());
    assertEquals("bot", listed.getJsonObject(0).getString("name"));
    assertFalse(listed.encode().contains(key.getString("key")));
    assertEquals(0, anna.get("/auth/api-keys").body().getJsonArray("items").size());
  }

  @Test
  void keyDoesNothingBeyondItsScopes() {
    String room = bert.room("group");
    Person reader = bearer(make(bert, "read"));
    Person writer = bearer(make(bert, "write"));
    JsonObject text = new JsonObject().put("text", "hello");
    String missing = "403 /problems/scope-missing";
    assertEquals(missing, problem(reader.post("/chat/rooms/" + room + "/messages", text)));
    assertEquals(201, writer.post("/chat/rooms/" + room + "/messages", text).status());
    assertEquals(200, reader.get("/chat/rooms/" + room + "/messages").status());
    assertEquals(missing, problem(writer.get("/chat/rooms/" + room + "/messages")));
  }

  @Test
  void keyNeverTouchesWhatKeepsTheAccount() {
    JsonObject key = make(anna, "read", "write", "admin");
    Person bot = bearer(key);
    String missing = "403 /problems/scope-missing";
    JsonObject current = new JsonObject().put("current", "correct horse of anna");
    assertEquals(missing, problem(bot.post("/auth/api-keys", wish("read"))));
    assertEquals(missing, problem(bot.get("/auth/api-keys")));
    assertEquals(missing, problem(bot.delete("/auth/api-keys/" + key.getString("id"))));
    assertEquals(missing, problem(bot.post("/auth/confirm", current)));
    assertEquals(missing, problem(bot.call("POST", "/auth/logout", null)));
    assertEquals(200, bot.get("/auth/me").status());
  }

  @Test
  void makingAKeyAsksForAFreshProof() {
    books.change("update sessions set confirmed_at = now() - interval '11 minutes'");
    assertEquals("403 /problems/confirm-first", problem(bert.post("/auth/api-keys", wish("read"))));
    JsonObject current = new JsonObject().put("current", "correct horse of bert");
    assertEquals(204, bert.post("/auth/confirm", current).status());
    make(bert, "read");
  }

  @Test
  void adminScopeIsForAdministratorsAndOnlyWhileTheyAreThat() {
    assertEquals(
        "403 /problems/forbidden", problem(bert.post("/auth/api-keys", wish("read", "admin"))));
    Person admin = bearer(make(anna, "admin"));
    JsonObject shop = new JsonObject().put("name", "Shop");
    assertEquals(201, admin.post("/admin/applications", shop).status());
    assertEquals(
        "403 /problems/scope-missing",
        problem(bearer(make(anna, "read", "write")).get("/admin/applications")));
    books.change("update users set role = 'user' where username_key = 'anna'");
    assertEquals("403 /problems/forbidden", problem(admin.post("/admin/applications", shop)));
  }

  @Test
  void wrongWishesAreNamed() {
    assertEquals(400, bert.post("/auth/api-keys", wish()).status());
    assertEquals(400, bert.post("/auth/api-keys", wish("account")).status());
    assertEquals(400, bert.post("/auth/api-keys", wish("read").put("name", "\u200b ")).status());
    assertEquals(
        400, bert.post("/auth/api-keys", wish("read").put("name", "x".repeat(65))).status());
    assertEquals(400, bert.post("/auth/api-keys", wish("read").put("expiresInDays", 0)).status());
    assertEquals(0, bert.get("/auth/api-keys").body().getJsonArray("items").size());
  }

  @Test
  void whatIsNoKeyOpensNothing() {
    String key = make(bert, "read").getString("key");
    for (String wrong :
        List.of("parley_", key.substring(7), key + "A", "Parley_" + key.substring(7))) {
      assertEquals(
          "401 /problems/unauthenticated",
          problem(Person.bearing(server.url(), wrong).get("/auth/me")),
          wrong);
    }
  }

  @Test
  void revokedKeyIsRefusedAtOnceAndItsSocketClosedWithinASecond() {
    JsonObject key = make(bert, "read");
    Person bot = bearer(key);
    BusSocket socket = socket(key.getString("key"));
    BusSocket own = bert.socket();
    socket.register("user." + bert.id());
    long since = System.nanoTime();
    assertEquals(204, bert.delete("/auth/api-keys/" + key.getString("id")).status());
    assertEquals(401, bot.get("/auth/me").status());
    assertEquals(4001, socket.closeCode());
    assertTrue(System.nanoTime() - since < 1_000_000_000L, "within a second");
    assertFalse(own.isClosed(), "the owner's own sockets stay");
    assertEquals(0, bert.get("/auth/api-keys").body().getJsonArray("items").size());
    assertEquals(204, bert.delete("/auth/api-keys/" + key.getString("id")).status());
  }

  @Test
  void onlyTheOwnerRevokes() {
    JsonObject key = make(bert, "read");
    assertEquals(404, anna.delete("/auth/api-keys/" + key.getString("id")).status());
    assertEquals(404, anna.delete("/auth/api-keys/" + UUID.randomUUID()).status());
    String mine = books.one("select id from sessions where user_id = '" + bert.id() + "' limit 1");
    assertEquals(404, bert.delete("/auth/api-keys/" + mine).status(), "a session is no key");
    assertEquals(200, bearer(key).get("/auth/me").status());
  }

  private BusSocket socket(String key) {
    return BusSocket.open(server, "", "Authorization", "Bearer " + key);
  }

  @Test
  void keyWithoutWriteHearsButSaysNothing() {
    String room = bert.room("group");
    BusSocket socket = socket(make(bert, "read").getString("key"));
    assertEquals("rec", socket.registerRoom(room).getString("type"));
    JsonObject refused = Await.get(socket.say(room, "hello"));
    assertEquals("err", refused.getString("type"), refused::encode);
    assertEquals(403, refused.getInteger("failureCode"), refused::encode);
    bert.say(room, "welcome");
    Await.until("it is heard", () -> socket.heard(room, "message").size() == 1);
    assertEquals(List.of("welcome"), bert.history(room));
    socket.close();
  }

  @Test
  void keyWithoutReadSaysButHearsNothing() {
    String room = bert.room("group");
    BusSocket socket = socket(make(bert, "write").getString("key"));
    assertEquals("err", socket.registerRoom(room).getString("type"));
    assertEquals("err", socket.register("user." + bert.id()).getString("type"));
    assertEquals("rec", Await.get(socket.say(room, "beep")).getString("type"));
    assertEquals(List.of(), socket.heard(room, "message"));
    socket.close();
  }

  @Test
  void ticketOfAKeyCarriesItsScopes() {
    String room = bert.room("group");
    Answer ticket = bearer(make(bert, "read")).call("POST", "/auth/ticket", null);
    BusSocket socket = BusSocket.open(server, "?ticket=" + ticket.body().getString("ticket"));
    assertEquals("rec", socket.registerRoom(room).getString("type"));
    assertEquals("err", Await.get(socket.say(room, "hello")).getString("type"));
    socket.close();
  }

  @Test
  void keyIsNotTakenInAnAddress() {
    String key = make(bert, "read", "write").getString("key");
    UpgradeRejectedException refused =
        Await.failure(BusSocket.opening(server, "?token=" + key), UpgradeRejectedException.class);
    assertEquals(401, refused.getStatus());
  }

  @Test
  void expiredKeyOpensNothing() {
    JsonObject key = make(bert, "read");
    Answer dated = bert.post("/auth/api-keys", wish("read").put("expiresInDays", 1));
    assertNotEquals(null, dated.body().getString("expiresAt"));
    books.change(
        "update sessions set expires_at = now() where id = '" + dated.body().getString("id") + "'");
    assertEquals(401, bearer(dated.body()).get("/auth/me").status());
    JsonArray left = bert.get("/auth/api-keys").body().getJsonArray("items");
    assertEquals(1, left.size());
    assertEquals(key.getString("id"), left.getJsonObject(0).getString("id"));
  }

  @Test
  void lastUseIsKeptToTheMinute() {
    JsonObject key = make(bert, "read");
    bearer(key).get("/auth/me");
    Await.until(
        "its use is noted",
        () ->
            bert.get("/auth/api-keys")
                    .body()
                    .getJsonArray("items")
                    .getJsonObject(0)
                    .getString("lastUsedAt")
                != null);
    UUID id = UUID.fromString(key.getString("id"));
    assertEquals("f", noteAfter(id, 50), "not again within a minute");
    assertEquals("t", noteAfter(id, 70));
  }

  private String noteAfter(UUID key, int seconds) {
    books.change("update api_keys set last_used_at = now() - interval '" + seconds + " seconds'");
    Await.get(Bus.of(server.vertx()).ask(Addresses.KEYS_USED, key));
    return books.one("select last_used_at > now() - interval '40 seconds' from api_keys");
  }

  @Test
  void keysOutliveEndingAllOtherSessionsAndEndWithTheAccountsLast() {
    JsonObject key = make(bert, "read");
    UUID id = UUID.fromString(bert.id());
    UUID present =
        UUID.fromString(
            books.one(
                "select id from sessions where user_id = '"
                    + id
                    + "' and id <> '"
                    + key.getString("id")
                    + "'"));
    assertEquals(List.of(), endAll(id, present));
    assertEquals(200, bearer(key).get("/auth/me").status());
    assertTrue(endAll(id, null).contains(UUID.fromString(key.getString("id"))));
  }

  private List<UUID> endAll(UUID userId, UUID except) {
    return Await.get(
        Bus.of(server.vertx())
            .ask(
                Addresses.SESSIONS_END_ALL,
                new Accounts.EndSessions(new Actor(userId, "test"), userId, except)));
  }

  @Test
  void keyOfADisabledAccountOpensNothing() {
    JsonObject key = make(bert, "read");
    books.change("update users set disabled_at = now() where username_key = 'bert'");
    assertEquals(401, bearer(key).get("/auth/me").status());
  }

  @Test
  void anAccountHasFiftyKeysHoweverManyAsk() {
    List<Integer> statuses =
        IntStream.range(0, 60)
            .parallel()
            .mapToObj(i -> bert.post("/auth/api-keys", wish("read")).status())
            .toList();
    assertEquals(50, statuses.stream().filter(status -> status == 201).count());
    assertEquals(10, statuses.stream().filter(status -> status == 409).count());
    assertEquals(50, bert.get("/auth/api-keys").body().getJsonArray("items").size());
  }

  /** S24. */
  @Test
  void databaseHoldsNoKey() {
    String key = make(anna, "read").getString("key");
    assertEquals(200, Person.bearing(server.url(), key).get("/auth/me").status());
    String app =
        anna.post("/admin/applications", new JsonObject().put("name", "Shop"))
            .body()
            .getString("id");
    String secret =
        anna.post("/admin/applications/" + app + "/keys", new JsonObject())
            .body()
            .getString("secret");
    String dump = books.dump();
    assertTrue(dump.contains(app), "the dump is one");
    for (String text : List.of(key, key.substring(7), secret)) {
      assertFalse(dump.contains(text));
      assertFalse(dump.contains(HexFormat.of().formatHex(text.getBytes())), "as bytes");
    }
  }
}

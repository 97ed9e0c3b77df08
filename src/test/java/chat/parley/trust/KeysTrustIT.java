package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.Stopwatch;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys of programs: each does what it was made for, until it is taken back. */
class KeysTrustIT {
  @RegisterExtension static final Target target = new Target();
  private Person anna;
  private Person bert;

  @BeforeEach
  void people() {
    anna = target.person("anna");
    bert = target.person("bert");
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
    return Person.bearing(target.url(), key.getString("key"));
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
    JsonObject key = make(anna, "read", "write");
    Person bot = bearer(key);
    String missing = "403 /problems/scope-missing";
    JsonObject current = new JsonObject().put("current", "correct horse of " + anna.name());
    assertEquals(missing, problem(bot.post("/auth/api-keys", wish("read"))));
    assertEquals(missing, problem(bot.get("/auth/api-keys")));
    assertEquals(missing, problem(bot.delete("/auth/api-keys/" + key.getString("id"))));
    assertEquals(missing, problem(bot.post("/auth/confirm", current)));
    assertEquals(missing, problem(bot.call("POST", "/auth/logout", null)));
    assertEquals(200, bot.get("/auth/me").status());
  }

  @Test
  void adminScopeIsForAdministrators() {
    assertEquals(
        "403 /problems/forbidden", problem(bert.post("/auth/api-keys", wish("read", "admin"))));
    Person admin = target.admin();
    JsonObject shop = new JsonObject().put("name", "Shop");
    Answer made = bearer(make(admin, "admin")).post("/admin/applications", shop);
    assertEquals(201, made.status(), made.body()::encode);
    String path = "/admin/applications/" + made.body().getString("id");
    String missing = "403 /problems/scope-missing";
    assertEquals(missing, problem(bearer(make(admin, "read", "write")).get(path)));
    assertEquals(missing, problem(bearer(make(admin, "read", "write")).delete(path)));
    assertEquals("404 /problems/not-found", problem(bert.get(path)));
    assertEquals(204, admin.delete(path).status());
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
          problem(Person.bearing(target.url(), wrong).get("/auth/me")),
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
    Stopwatch since = Stopwatch.started();
    assertEquals(204, bert.delete("/auth/api-keys/" + key.getString("id")).status());
    assertEquals(401, bot.get("/auth/me").status());
    assertEquals(4001, socket.closeCode());
    assertTrue(since.isWithin(Duration.ofSeconds(1)), "within a second");
    assertFalse(own.isClosed(), "the owner's own sockets stay");
    assertEquals(0, bert.get("/auth/api-keys").body().getJsonArray("items").size());
    assertEquals(204, bert.delete("/auth/api-keys/" + key.getString("id")).status());
  }

  @Test
  void onlyTheOwnerRevokes() {
    JsonObject key = make(bert, "read");
    assertEquals(404, anna.delete("/auth/api-keys/" + key.getString("id")).status());
    assertEquals(404, anna.delete("/auth/api-keys/" + UUID.randomUUID()).status());
    assertEquals(200, bearer(key).get("/auth/me").status());
  }

  private BusSocket socket(String key) {
    return BusSocket.open(target.url(), "", "Authorization", "Bearer " + key);
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
    BusSocket socket = BusSocket.open(target.url(), "?ticket=" + ticket.body().getString("ticket"));
    assertEquals("rec", socket.registerRoom(room).getString("type"));
    assertEquals("err", Await.get(socket.say(room, "hello")).getString("type"));
    socket.close();
  }

  @Test
  void keyIsNotTakenInAnAddress() {
    String key = make(bert, "read", "write").getString("key");
    UpgradeRejectedException refused =
        Await.failure(
            BusSocket.opening(target.url(), "?token=" + key), UpgradeRejectedException.class);
    assertEquals(401, refused.getStatus());
  }
}

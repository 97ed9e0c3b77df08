package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.testing.Await;
import chat.parley.testing.Books;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys of programs, seen from behind: what time and the database do to them. */
class ApiKeysIT {
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

  private static JsonObject wish(String... scopes) {
    return new JsonObject().put("name", "bot").put("scopes", new JsonArray(List.of(scopes)));
  }

  private static JsonObject make(Person owner, String... scopes) {
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
    assertEquals("404 /problems/not-found", problem(admin.post("/admin/applications", shop)));
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

  private String noteAfter(UUID key, int seconds) {
    books.change("update api_keys set last_used_at = now() - interval '" + seconds + " seconds'");
    Await.get(Bus.of(server.vertx()).ask(Addresses.KEYS_USED, key));
    return books.one("select last_used_at > now() - interval '40 seconds' from api_keys");
  }

  private List<UUID> endAll(UUID userId, UUID except) {
    return Await.get(
        Bus.of(server.vertx())
            .ask(
                Addresses.SESSIONS_END_ALL,
                new Accounts.EndSessions(new Actor(userId, "test"), userId, except)));
  }
}

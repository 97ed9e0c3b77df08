package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What administrators are told of the whole: people, rooms, messages, days, storage, requests. */
class AdminStatsIT {
  @RegisterExtension static final TestServer server = new TestServer().shared();

  private static Person admin;

  @BeforeAll
  static void firstComesTheAdministrator() {
    admin = server.person("the.admin");
  }

  /** As soon as they say so; what is counted is counted anew at once. */
  private static JsonObject stats(String what, Predicate<JsonObject> say) {
    Await.until(
        what,
        () -> {
          server.sql("update daily_activity set counted_at = counted_at - interval '1 minute'");
          return say.test(admin.get("/admin/stats").body());
        });
    return admin.get("/admin/stats").body();
  }

  private static long number(JsonObject stats, String part, String name) {
    return stats.getJsonObject(part).getLong(name);
  }

  @Test
  void countsAreThoseOfTheWholeServerAndOfItsDays() {
    JsonObject before = stats("counted", counted -> number(counted, "people", "total") > 0);
    Person ann = server.person("stats.ann");
    Person bob = server.person("stats.bob");
    String room = ann.room("group", bob);
    ann.room("direct", bob);
    ann.room("public");
    ann.say(room, "one");
    bob.say(room, "two");
    JsonObject now =
        stats(
            "who was here",
            counted ->
                number(counted, "people", "activeToday")
                        >= number(before, "people", "activeToday") + 2
                    && number(counted, "messages", "total") > number(before, "messages", "total"));
    assertEquals(number(before, "people", "total") + 2, number(now, "people", "total"));
    assertEquals(number(before, "people", "newToday") + 2, number(now, "people", "newToday"));
    assertTrue(number(now, "people", "active7Days") >= number(now, "people", "activeToday"));
    assertEquals(number(before, "messages", "total") + 2, number(now, "messages", "total"));
    for (String kind : List.of("direct", "group", "public")) {
      assertEquals(number(before, "rooms", kind) + 1, number(now, "rooms", kind), kind);
    }
    assertTrue(number(now, "storage", "databaseBytes") > 1_000_000, now::encode);
    assertTrue(number(now, "storage", "freeBytes") > 0, now::encode);

    // Three days go by, on two of which nobody runs the server.
    server.sql("update daily_activity set day = day - 3");
    ann.say(room, "three");
    JsonObject later = stats("the next day", counted -> number(counted, "messages", "today") == 1);
    JsonArray days = later.getJsonArray("days");
    assertEquals(number(now, "messages", "today"), days.getJsonObject(0).getLong("messages"));
    assertEquals(0, days.getJsonObject(1).getLong("messages"));
    assertEquals(1, days.getJsonObject(days.size() - 1).getLong("messages"));
    assertEquals(4, days.size(), days::encode);
    assertEquals(2, admin.get("/admin/stats?days=2").body().getJsonArray("days").size());
    assertEquals(400, admin.get("/admin/stats?days=0").status());
  }

  @Test
  void requestsAreToldByTheirStatusAndTime() {
    admin.get("/admin/stats?days=999");
    Await.until(
        "the failed request is counted",
        () ->
            number(requests(), "byStatus", "4xx") > 0 && number(requests(), "byStatus", "2xx") > 0);
    assertTrue(requests().getDouble("p99Ms") >= requests().getDouble("p50Ms"));
    JsonArray recent = admin.get("/admin/stats").body().getJsonArray("recent");
    assertTrue(recent.getJsonObject(recent.size() - 1).getLong("requests") > 0);
  }

  private static JsonObject requests() {
    return admin.get("/admin/stats").body().getJsonObject("requests");
  }

  @Test
  void settingsAreToldWithWhoSaidSoAndWithoutSecrets() {
    JsonArray items = admin.get("/admin/settings").body().getJsonArray("items");
    assertEquals(Setting.values().length, items.size());
    JsonObject port = items.getJsonObject(Setting.PORT.ordinal());
    assertEquals("port", port.getString("name"));
    assertEquals("8080", port.getString("value"));
    assertEquals("default", port.getString("source"));
    String secret = items.getJsonObject(Setting.SMTP_URL.ordinal()).getString("value");
    assertTrue(secret.startsWith("smtp://letters:"), secret);
    assertFalse(items.encode().contains("pa55word"), "a password is told");
  }
}

package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Person.Answer;
import chat.parley.testing.TestCluster;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an administrator tells reaches everybody who is there, on every node, and who comes later.
 */
class AnnouncementsIT {
  private static final String PATH = "/admin/announcements";

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static Person admin;

  @BeforeEach
  void firstComesTheAdministrator() {
    admin = admin == null ? CLUSTER.a().person("the.admin") : admin;
    CLUSTER.a().sql("delete from announcements");
  }

  private static Answer make(String text, Instant endsAt) {
    JsonObject wish = new JsonObject().put("text", text).put("severity", "warning");
    return admin.post(PATH, endsAt == null ? wish : wish.put("endsAt", endsAt.toString()));
  }

  private static String made(String text, Instant endsAt) {
    Answer answer = make(text, endsAt);
    assertEquals(201, answer.status(), answer.body()::encode);
    return answer.body().getJsonObject("item").getString("id");
  }

  private static List<String> shownTo(Person person) {
    return person.get("/chat/announcements").body().getJsonArray("items").stream()
        .map(each -> ((JsonObject) each).getString("text"))
        .toList();
  }

  private static JsonObject heard(BusSocket socket, boolean shown, String id) {
    return socket
        .await(
            "the announcement",
            frame ->
                frame.getValue("body") instanceof JsonObject body
                    && "announcement".equals(body.getString("type"))
                    && id.equals(body.getString("id"))
                    && body.containsKey("announcement") == shown)
        .getJsonObject("body");
  }

  @Test
  void everybodyHearsItAtOnceOnEveryNodeAndThatItIsOver() {
    Person bob = CLUSTER.b().person("hears.bob");
    BusSocket here = admin.socket();
    BusSocket there = bob.socket();
    here.register("user." + admin.id());
    there.register("user." + bob.id());
    String id = made("Tonight we move. <b>Save</b> your work.", null);
    for (BusSocket socket : List.of(here, there)) {
      JsonObject told = heard(socket, true, id).getJsonObject("announcement");
      assertEquals("Tonight we move. <b>Save</b> your work.", told.getString("text"));
      assertEquals("warning", told.getString("severity"));
    }
    assertEquals(List.of("Tonight we move. <b>Save</b> your work."), shownTo(bob));
    JsonObject end =
        new JsonObject()
            .put("action", "end")
            .put("ids", new io.vertx.core.json.JsonArray().add(id));
    assertEquals(200, admin.post(PATH + "/actions", end).status());
    heard(here, false, id);
    heard(there, false, id);
    assertEquals(List.of(), shownTo(bob));
  }

  @Test
  void itEndsByItselfAtItsTime() {
    made("soon over", Instant.now().plusSeconds(2));
    made("stays", Instant.now().plusSeconds(3_600));
    assertEquals(List.of("stays", "soon over"), shownTo(admin));
    Await.until("it is over", () -> shownTo(admin).equals(List.of("stays")));
  }

  @Test
  void wishesThatMakeNoSenseAndTooManyAreRefused() {
    assertEquals(400, make("", null).status());
    assertEquals(400, make("   ", null).status());
    assertEquals(400, make("x".repeat(501), null).status());
    assertEquals(400, make("over", Instant.now().minusSeconds(1)).status());
    assertEquals(
        400, admin.post(PATH, new JsonObject().put("text", "x").put("severity", "loud")).status());
    for (int i = 0; i < 5; i++) {
      made("\uD83D\uDE80".repeat(500), null);
    }
    assertEquals(409, make("one more", null).status());
    Person bob = CLUSTER.a().person("makes.bob");
    assertEquals(
        404, bob.post(PATH, new JsonObject().put("text", "x").put("severity", "info")).status());
    assertEquals(5, shownTo(bob).size());
  }
}

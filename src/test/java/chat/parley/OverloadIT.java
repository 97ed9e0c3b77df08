package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.RawHttp;
import chat.parley.testing.Scrape;
import chat.parley.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that does not store: senders are told so in time, by both doors, and it is seen. */
class OverloadIT {
  private static final String REFUSED = "parley_sends_refused_total{problem=\"unavailable\"}";

  @RegisterExtension final TestServer server = new TestServer();

  private static String wish() {
    return new JsonObject()
        .put("clientId", UUID.randomUUID().toString())
        .put("text", "patience")
        .encode();
  }

  private RawHttp.Reply post(Person person, String room) {
    return RawHttp.send(
        server.port(),
        "POST",
        "/api/v1/chat/rooms/" + room + "/messages",
        List.of("Authorization: Bearer " + person.token(), "Content-Type: application/json"),
        wish().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void sendsThatCannotBeStoredAre503WithATimeToComeBack() throws SQLException {
    Person ann = server.person("ann");
    String room = ann.room("group");
    BusSocket socket = ann.socket();
    try (Connection holder =
            DriverManager.getConnection(
                server.database().jdbcUrl(),
                server.database().user(),
                server.database().password());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table messages in access exclusive mode");
      Future<JsonObject> bySocket = socket.say(room, "patience");
      CompletableFuture<RawHttp.Reply> byRest =
          CompletableFuture.supplyAsync(() -> post(ann, room));
      Await.until(
          "both wait, and it is seen",
          () -> Scrape.of(server).value("parley_writer_waiting_rows") == 2);
      assertEquals(2 * "patience".length(), Scrape.of(server).value("parley_writer_waiting_bytes"));
      JsonObject refusal = Await.get(bySocket);
      assertEquals("err", refusal.getString("type"));
      assertEquals(503, refusal.getInteger("failureCode"));
      assertTrue(refusal.getInteger("retryAfter") > 0, refusal::encode);
      RawHttp.Reply answer = byRest.join();
      assertEquals(503, answer.status());
      assertTrue(Integer.parseInt(answer.header("retry-after")) > 0);
      assertEquals(2, Scrape.of(server).value(REFUSED));
      holder.rollback();
    }
    assertEquals("rec", Await.get(socket.say(room, "and on")).getString("type"));
    Await.until(
        "nothing waits any more", () -> Scrape.of(server).value("parley_writer_waiting_rows") == 0);
  }
}

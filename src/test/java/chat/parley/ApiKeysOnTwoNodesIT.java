package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Stopwatch;
import chat.parley.testing.TestCluster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key that is revoked at one node is dead at the other. */
class ApiKeysOnTwoNodesIT {
  @RegisterExtension static final TestCluster cluster = new TestCluster();

  @Test
  void keyRevokedHereClosesItsSocketThereWithinASecond() {
    Person anna = cluster.a().person("anna");
    JsonObject wish =
        new JsonObject().put("name", "bot").put("scopes", new JsonArray().add("read"));
    JsonObject key = anna.post("/auth/api-keys", wish).body();
    Person there = Person.bearing(cluster.b().url(), key.getString("key"));
    assertEquals(200, there.get("/auth/me").status());
    BusSocket socket =
        BusSocket.open(cluster.b(), "", "Authorization", "Bearer " + key.getString("key"));
    socket.register("user." + anna.id());
    Stopwatch since = Stopwatch.started();
    assertEquals(204, anna.delete("/auth/api-keys/" + key.getString("id")).status());
    assertEquals(4001, socket.closeCode());
    assertTrue(since.isWithin(Duration.ofSeconds(1)), "within a second");
    assertEquals(401, there.get("/auth/me").status());
  }
}

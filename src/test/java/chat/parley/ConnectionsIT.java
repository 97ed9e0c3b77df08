package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestCluster;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Administrators see the sockets of every node at whichever they ask, and close them there. */
class ConnectionsIT {
  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static Person admin;

  @BeforeAll
  static void firstComesTheAdministrator() {
    admin = CLUSTER.a().person("the.admin");
    Await.until("the nodes know each other", () -> stats().getJsonArray("nodes").size() == 2);
  }

  private static JsonObject stats() {
    return admin.get("/admin/stats").body();
  }

  private static List<JsonObject> items(JsonObject page) {
    return page.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private static List<JsonObject> of(Person person) {
    return items(admin.get("/admin/connections?userId=" + person.id()).body());
  }

  private static Person onB(String name) {
    return CLUSTER.b().person(name);
  }

  @Test
  void socketOnAnotherNodeIsToldAsItIs() {
    Person bob = onB("told.bob");
    String room = bob.room("group");
    BusSocket socket =
        BusSocket.open(CLUSTER.b().url(), "?token=" + bob.token(), "User-Agent", "an agent");
    socket.registerRoom(room);
    JsonObject told = of(bob).get(0);
    assertEquals(bob.id(), told.getJsonObject("user").getString("id"));
    assertEquals("raw", told.getString("transport"));
    assertEquals("127.0.0.1", told.getString("address"));
    assertEquals("an agent", told.getString("agent"));
    assertEquals(1, told.getInteger("rooms"));
    assertEquals(CLUSTER.nodes().get(1).toString(), told.getString("node"));
    assertFalse(told.containsKey("behindMs"), "it keeps up");
    socket.close();
  }

  @Test
  void closedSocketGoesAtOnceWithACodeOfItsOwnAndMayComeBack() {
    Person bob = onB("closed.bob");
    BusSocket here = BusSocket.open(CLUSTER.b().url(), "?token=" + bob.token());
    BusSocket stays = BusSocket.open(CLUSTER.b().url(), "?token=" + bob.token());
    JsonObject oldest = of(bob).get(1);
    assertEquals(204, admin.delete("/admin/connections/" + oldest.getString("id")).status());
    assertEquals(4003, here.closeCode());
    assertEquals(
        "1",
        CLUSTER
            .a()
            .query(
                "select count(*) from audit_log where act = 'connection.kick' and actor_id = '"
                    + admin.id()
                    + "' and row_id->>'id' = '"
                    + oldest.getString("sessionId")
                    + "'"));
    assertFalse(stays.isClosed());
    assertEquals(204, admin.delete("/admin/connections/" + oldest.getString("id")).status());
    BusSocket again = BusSocket.open(CLUSTER.b().url(), "?token=" + bob.token());
    assertEquals(2, of(bob).size());
    again.close();
    stays.close();
  }

  @Test
  void pagesHoldEverySocketOnceTheYoungestFirst() {
    Person eve = CLUSTER.a().person("pages.eve");
    List<BusSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sockets.add(BusSocket.open(CLUSTER.a().url(), "?token=" + eve.token()));
      sockets.add(BusSocket.open(CLUSTER.b().url(), "?token=" + eve.token()));
    }
    List<String> ids = new ArrayList<>();
    String path = "/admin/connections?limit=4&userId=" + eve.id();
    JsonObject page = admin.get(path).body();
    while (true) {
      items(page).forEach(each -> ids.add(each.getString("id")));
      if (!page.containsKey("next")) {
        break;
      }
      page = admin.get(path + "&before=" + page.getString("next")).body();
    }
    assertEquals(6, new HashSet<>(ids).size());
    assertEquals(ids.stream().sorted((a, b) -> b.compareTo(a)).toList(), ids);
    assertEquals(List.of(), items(admin.get(path + "&behind=true").body()));
    sockets.forEach(BusSocket::close);
  }

  @Test
  void statsTellTheSocketsOfAllNodes() {
    Person kim = onB("stats.kim");
    int before = stats().getJsonObject("connections").getInteger("raw");
    BusSocket socket = BusSocket.open(CLUSTER.b().url(), "?token=" + kim.token());
    JsonObject now = stats();
    assertTrue(now.getJsonObject("connections").getInteger("raw") > before, now::encode);
    assertEquals(0, now.getInteger("silentNodes"));
    assertTrue(now.getJsonArray("nodes").getJsonObject(0).getBoolean("here"));
    assertFalse(now.getJsonArray("nodes").getJsonObject(1).getBoolean("here"));
    socket.close();
  }

  @Test
  void nobodyElseSeesOrClosesAny() {
    Person bob = onB("else.bob");
    assertEquals(404, bob.get("/admin/connections").status());
    assertEquals(404, bob.delete("/admin/connections/" + UUID.randomUUID()).status());
    assertEquals(404, bob.get("/admin/stats").status());
    assertEquals(404, bob.get("/admin/settings").status());
  }
}

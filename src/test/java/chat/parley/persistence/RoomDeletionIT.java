package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A deleted room: gone at once for everybody, and its contents soon after, whatever happens. */
class RoomDeletionIT {
  private static final TestServer SERVER = new TestServer();

  /** Tables that name a room and keep its rows, since they say nothing of what was in it. */
  private static final Set<String> KEPT =
      Set.of("room_heads", "former_members", "purges", "reports", "retentions", "rounds");

  /** Their rows go in the transaction that ends the room. */
  private static final Set<String> GONE_AT_ONCE = Set.of("members", "read_marks", "drafts");

  private static Person ann;
  private static Person bob;
  private static Person eve;

  @BeforeAll
  static void start() {
    SERVER.beforeEach(null);
    ann = SERVER.person("ann");
    bob = SERVER.person("bob");
    eve = SERVER.person("eve");
  }

  @AfterAll
  static void stop() {
    SERVER.afterEach(null);
  }

  private static long count(String table, String room) {
    return Long.parseLong(
        SERVER.query("select count(*) from " + table + " where room_id = '" + room + "'"));
  }

  private static long messages(String room) {
    return Long.parseLong(
        SERVER.query(
            "select count(*) from messages join room_heads using (room_key) where room_id = '"
                + room
                + "'"));
  }

  private static void say(String room, int n) {
    SERVER.sql(
        """
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
        select h.room_key, s, h.version + s, gen_random_uuid(), '%s', 'said ' || s, s, now()
        from room_heads h, generate_series(1, %d) s where h.room_id = '%s'
        """
            .formatted(bob.id(), n, room));
    SERVER.sql(
        "update room_heads set last_seq = %1$d, version = version + %1$d where room_id = '%2$s'"
            .formatted(n, room));
  }

  private static int delete(Person who, String room) {
    return who.delete("/chat/rooms/" + room).status();
  }

  @Test
  void everybodyIsToldAndNobodyFindsItAgain() {
    String room = ann.room("public", bob);
    bob.say(room, "words");
    BusSocket socket = bob.socket();
    socket.registerRoom(room);
    socket.register("user." + bob.id());
    long known = bob.get("/chat/rooms").body().getLong("version");
    assertEquals(204, delete(ann, room));
    Await.until("bob is told", () -> !socket.heard(room, "gone").isEmpty());
    socket.await(
        "his list too",
        frame ->
            frame.containsKey("body")
                && "room-removed".equals(frame.getJsonObject("body").getString("type")));
    JsonObject since = bob.get("/chat/rooms?since=" + known).body();
    assertEquals(List.of(room), since.getJsonArray("lost").getList());
    assertEquals(known + 1, since.getLong("version"));
    assertEquals("err", socket.registerRoom(room).getString("type"));
    for (Person each : List.of(ann, bob, eve)) {
      for (String path : List.of("", "/messages", "/members", "/sync?since=0", "/messages/1")) {
        assertEquals(404, each.get("/chat/rooms/" + room + path).status(), path);
      }
      assertEquals(404, each.post("/chat/rooms/" + room + "/join", null).status());
      assertEquals(404, delete(each, room));
    }
    assertEquals(
        404,
        bob.post("/chat/rooms/" + room + "/messages", new JsonObject().put("text", "too late"))
            .status());
    assertEquals(
        0, eve.get("/chat/directory?q=room").body().getJsonArray("items").size(), "not listed");
    Await.until("nothing is left", () -> count("purges", room) == 0);
    assertEquals(0, messages(room) + count("lines", room) + count("members", room));
    assertEquals(2, count("former_members", room));
  }

  @Test
  void onlyOwnersDelete() {
    String room = ann.room("group", bob);
    assertEquals(403, delete(bob, room));
    JsonObject moderator = new JsonObject().put("role", "moderator");
    ann.patch("/chat/rooms/" + room + "/members/" + bob.id(), moderator);
    assertEquals(403, delete(bob, room));
    assertEquals(404, delete(eve, room));
    assertEquals(401, delete(Person.stranger(SERVER.url()), room));
    assertEquals(409, delete(ann, ann.room("direct", bob)));
    assertEquals(200, bob.get("/chat/rooms/" + room).status());
  }

  /** Whoever does not hear of it on the bus learns it from the database. */
  @Test
  void endIsHeardWithoutTheBus() {
    String room = ann.room("group", bob);
    BusSocket socket = bob.socket();
    socket.registerRoom(room);
    Handler<DeliveryContext<Object>> deaf =
        delivery -> {
          if (!delivery.message().address().equals("room." + room)) {
            delivery.next();
          }
        };
    SERVER.vertx().eventBus().addInboundInterceptor(deaf);
    assertEquals(204, delete(ann, room));
    Await.until("bob is told even so", () -> !socket.heard(room, "gone").isEmpty());
    SERVER.vertx().eventBus().removeInboundInterceptor(deaf);
    assertEquals(List.of(), socket.heard(room, "member"));
    assertEquals(1, socket.heard(room, "gone").size());
  }

  /** The server is stopped as soon as it has answered; what starts next finishes. */
  @Test
  void purgeGoesOnAfterTheNextStart() {
    String room = ann.room("group", bob);
    say(room, 40_000);
    assertEquals(204, delete(ann, room));
    SERVER.stop();
    assertEquals(1, count("purges", room), "stopped before the end");
    assertNotEquals(0, messages(room));
    SERVER.start();
    ann = SERVER.person(ann);
    bob = SERVER.person(bob);
    eve = SERVER.person(eve);
    Await.until("the next start finishes", () -> count("purges", room) == 0);
    assertEquals(0, messages(room));
    assertEquals(0, count("lines", room));
  }

  @Test
  void lastOneOutLeavesNothingBehind() {
    String room = ann.room("group");
    ann.say(room, "to myself");
    assertEquals(204, ann.post("/chat/rooms/" + room + "/leave", null).status());
    Await.until("it is emptied", () -> count("purges", room) + messages(room) == 0);
  }

  @Test
  void crowdIsDismissedInOneShortTransaction() {
    String room = ann.room("group", bob);
    Crowd.settle(SERVER.database(), room, 4_998);
    long from = System.nanoTime();
    assertEquals(204, delete(ann, room));
    long took = (System.nanoTime() - from) / 1_000_000;
    assertEquals(5_000, count("former_members", room));
    assertEquals(0, count("members", room) + count("read_marks", room));
    assertTrue(took < 10_000, "it took " + took + " ms");
  }

  /** A new table of rooms has to say here, or in the store, what becomes of its rows. */
  @Test
  void everyTableOfRoomsIsDecidedUpon() throws SQLException {
    Set<String> undecided = new TreeSet<>();
    try (Connection connection = SERVER.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select distinct table_name from information_schema.columns where table_schema = 'public'"
                    + " and column_name in ('room_id', 'room_key')")) {
      while (rows.next()) {
        undecided.add(rows.getString(1));
      }
    }
    assertTrue(undecided.size() > 5);
    undecided.removeAll(KEPT);
    undecided.removeAll(GONE_AT_ONCE);
    undecided.removeIf(
        table ->
            Purges.CONTENTS.stream().anyMatch(sql -> sql.contains("delete from " + table + " ")));
    assertEquals(Set.of(), undecided);
  }
}

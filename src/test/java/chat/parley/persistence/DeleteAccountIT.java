package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.Await;
import chat.parley.testing.BusSocket;
import chat.parley.testing.Person;
import chat.parley.testing.Pictures;
import chat.parley.testing.Replica;
import chat.parley.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Going for good: nothing says who it was, every room knows, and a crash leaves nothing half done.
 */
class DeleteAccountIT {
  /** Tables whose rows about a person say nothing of who they are. */
  private static final Set<String> KEPT =
      Set.of(
          "announcements",
          "applications",
          "former_members",
          "lines",
          "members",
          "reports",
          "rooms",
          "rounds",
          "sessions",
          "user_heads");

  @RegisterExtension final TestServer server = new TestServer();

  private String value(String sql) {
    try {
      return Query.value(server.database(), sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitDone() {
    Await.until("all rooms were told", () -> value("select count(*) from rounds").equals("0"));
  }

  private static JsonObject message(Person reader, String room, int seq) {
    return reader.get("/chat/rooms/" + room + "/messages/" + seq).body().getJsonObject("message");
  }

  @Test
  void everythingThatSaysWhoItWasIsGoneAndTheWordsStay() {
    Person admin = server.person("admin");
    Person ann = server.person("ann", "Ann Lee");
    Person bob = server.person("bob");
    String group = ann.room("group", bob);
    String direct = ann.room("direct", bob);
    ann.say(group, "I was here");
    ann.say(direct, "and here");
    ann.bytes(
        "PUT", "/users/me/avatar", Pictures.halves("png", 90, 90), "Content-Type", "image/png");
    BusSocket own = ann.socket();
    Replica replica = new Replica(bob, group, bob.socket());
    assertEquals(204, ann.delete("/users/me?messages=keep").status());
    assertEquals(401, ann.get("/auth/me").status());
    Await.until("her socket is closed", own::isClosed);
    awaitDone();
    JsonObject gone = admin.get("/users/" + ann.id()).body();
    assertEquals("Deleted account", gone.getString("displayName"));
    assertTrue(gone.getString("username").startsWith("deleted-"));
    assertFalse(gone.containsKey("avatarUrl"));
    assertEquals(404, bob.get("/users/" + ann.id() + "/avatar").status());
    assertEquals(0, bob.get("/users?q=deleted").body().getJsonArray("items").size());
    assertEquals("I was here", message(bob, group, 1).getString("text"));
    assertEquals(
        "Deleted account",
        message(bob, direct, 1).getJsonObject("sender").getString("displayName"));
    assertEquals(
        "owner", bob.get("/chat/rooms/" + group).body().getJsonObject("me").getString("role"));
    assertEquals(1, bob.get("/chat/rooms/" + direct).body().getInteger("memberCount"));
    bob.say(direct, "still mine to read");
    Await.until(
        "bob's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(bob, group)));
    String all =
        value(
            "select string_agg(row_to_json(u)::text, '') from users u where deleted_at is not null");
    assertFalse(all.contains("Ann") || all.contains("argon2"), all);
    assertEquals(
        "0",
        value(
            "select count(*) from sessions where user_id = '"
                + ann.id()
                + "' and (address is not null or ended_at is null)"));
    server.person("ann");
  }

  @Test
  void wordsGoWhenThatIsWishedAlsoFromRoomsOnceLeft() {
    server.person("admin");
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    String left = bob.room("group", ann);
    ann.say(left, "long ago");
    assertEquals(204, ann.post("/chat/rooms/" + left + "/leave", null).status());
    String room = bob.room("group", ann);
    for (int i = 0; i < 130; i++) {
      (i % 10 == 0 ? bob : ann).say(room, "word " + i);
    }
    String alone = ann.room("group");
    ann.say(alone, "to myself");
    Replica replica = new Replica(bob, room, bob.socket());
    assertEquals(204, ann.delete("/users/me?messages=remove").status());
    awaitDone();
    assertTrue(message(bob, left, 1).containsKey("deletedAt"));
    assertEquals(
        "0",
        value(
            "select count(*) from messages where sender_id = '"
                + ann.id()
                + "' and body is not null"));
    assertEquals("13", value("select count(*) from messages where body is not null"));
    Await.until(
        "bob's copy is the truth",
        () -> replica.settle() && replica.state().equals(Replica.truth(bob, room)));
    assertEquals(
        "0",
        value(
            "select count(*) from (select version, count(*) from messages group by room_key, version having count(*) > 1) twice"));
  }

  /** The server is stopped as soon as it has answered; what starts next finishes. */
  @Test
  void stoppedHalfwayItGoesOnAfterTheNextStart() {
    server.person("admin");
    Person ann = server.person("ann");
    Person bob = server.person("bob");
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rooms.add(bob.room("group", ann));
      ann.say(rooms.get(i), "word");
    }
    assertEquals(204, ann.delete("/users/me?messages=remove").status());
    server.stop();
    assertEquals("1", value("select count(*) from rounds"), "stopped before the end");
    server.start();
    awaitDone();
    assertEquals("0", value("select count(*) from members where user_id = '" + ann.id() + "'"));
    assertEquals("0", value("select count(*) from messages where body is not null"));
    assertEquals(
        "0",
        value(
            "select count(*) from room_heads h where member_count <> (select count(*) from members m where m.room_id = h.room_id)"));
  }

  @Test
  void lastAdministratorStaysWhileThereAreOthers() {
    Person admin = server.person("admin");
    Person ann = server.person("ann");
    assertEquals(409, admin.delete("/users/me?messages=keep").status());
    assertEquals(200, admin.get("/auth/me").status());
    assertEquals(204, ann.delete("/users/me?messages=keep").status());
    assertEquals(204, admin.delete("/users/me?messages=keep").status());
    Person next = server.person("next");
    assertEquals("admin", next.get("/auth/me").body().getJsonObject("user").getString("role"));
  }

  @Test
  void oldProofIsNotEnough() throws SQLException {
    server.person("admin");
    Person ann = server.person("ann");
    Query.run(
        server.database(), "update sessions set confirmed_at = now() - interval '11 minutes'");
    assertEquals(403, ann.delete("/users/me?messages=keep").status());
    assertEquals(403, ann.bytes("POST", "/users/me/export", null).status());
    ann.post("/auth/confirm", new JsonObject().put("current", "correct horse of ann"));
    assertEquals(400, ann.delete("/users/me").status());
    assertEquals(204, ann.delete("/users/me?messages=keep").status());
  }

  @Test
  void deletedAccountCanNeverBeEnabledAgain() {
    server.person("admin");
    Person ann = server.person("ann");
    assertEquals(204, ann.delete("/users/me?messages=keep").status());
    SQLException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            SQLException.class,
            () -> Query.run(server.database(), "update users set disabled_at = null"));
    assertTrue(refused.getMessage().contains("users_gone_for_good"), refused::getMessage);
  }

  /** A new table that names people has to say here, or in the store, what becomes of its rows. */
  @Test
  void everyTableThatNamesPeopleIsDecidedUpon() throws SQLException {
    Set<String> undecided = new TreeSet<>();
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select distinct conrelid::regclass::text from pg_constraint where confrelid = 'users'::regclass")) {
      while (rows.next()) {
        undecided.add(rows.getString(1));
      }
    }
    assertTrue(undecided.size() > 5);
    undecided.removeAll(KEPT);
    undecided.removeIf(
        table ->
            DepartureStore.FORGET.stream().anyMatch(sql -> sql.contains("from " + table + " ")));
    assertEquals(Set.of(), undecided);
  }
}

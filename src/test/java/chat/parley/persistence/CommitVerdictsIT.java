package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.model.Ids;
import chat.parley.model.Messages;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import chat.parley.model.User;
import chat.parley.testing.Await;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two statements store messages; what they make of one must not depend on which it was. */
class CommitVerdictsIT {
  @RegisterExtension final Backstage parley = new Backstage();

  private User ann;
  private User bob;
  private Room lobby;
  private Commit commit;

  /**
   * @param clientId of a message that is there already; null for a new one
   * @param verdict what every statement must say
   */
  private record Case(User sender, UUID roomId, UUID clientId, String words, String verdict) {}

  private static Case said(User sender, Room room, String verdict) {
    return new Case(sender, room.id(), null, "words", verdict);
  }

  private Case again(Room room, String words, String verdict) {
    UUID clientId = Ids.next();
    Await.get(parley.posting(bob, room, clientId, "words"));
    return new Case(bob, room.id(), clientId, words, verdict);
  }

  private void change(String sql, Object... ids) throws SQLException {
    String statement = sql;
    for (Object id : ids) {
      statement = statement.replaceFirst("\\?", "'" + id + "'");
    }
    Query.run(parley.database, statement);
  }

  private Room changed(RoomKind kind, String change) throws SQLException {
    Room room = parley.room(kind, ann, bob);
    change("update rooms set " + change + " where id = ?", room.id());
    return room;
  }

  private Room direct(User with) {
    return parley.room(RoomKind.DIRECT, bob, with);
  }

  private List<Case> cases() throws SQLException {
    List<Case> cases = new ArrayList<>(refused());
    Room room = parley.room(RoomKind.GROUP, ann, bob);
    cases.add(said(bob, room, "STORED words of bob"));
    cases.add(again(room, "words", "KNOWN words of bob"));
    cases.add(again(room, "other words", "ID_REUSED"));
    Case deleted = again(room, "whatever", "KNOWN null of bob");
    change(
        "update messages set body = null, digest = null, deleted_at = now() where client_id = ?",
        deleted.clientId);
    cases.add(deleted);
    Room left = parley.room(RoomKind.GROUP, ann, bob);
    cases.add(again(left, "words", "KNOWN words of bob"));
    change("delete from members where room_id = ? and user_id = ?", left.id(), bob.id());
    cases.add(said(ann, changed(RoomKind.GROUP, "posting = 'moderators'"), "STORED words of ann"));
    cases.add(said(bob, direct(parley.person("cat")), "STORED words of bob"));
    return cases;
  }

  private List<Case> refused() throws SQLException {
    User dan = parley.person("dan");
    User eve = parley.person("eve");
    Room toDan = direct(dan);
    Room toEve = direct(eve);
    change("insert into blocks (user_id, blocked_id) values (?, ?)", dan.id(), bob.id());
    change("insert into blocks (user_id, blocked_id) values (?, ?)", bob.id(), eve.id());
    String blocked = "FORBIDDEN One of you does not want to hear from the other";
    return List.of(
        said(bob, parley.room(RoomKind.GROUP, ann), "NOT_FOUND"),
        said(bob, changed(RoomKind.GROUP, "deleted_at = now()"), "NOT_FOUND"),
        new Case(bob, Ids.next(), null, "words", "NOT_FOUND"),
        said(bob, parley.room(RoomKind.PUBLIC, ann), "FORBIDDEN Join the room first"),
        said(
            bob, changed(RoomKind.GROUP, "archived_at = now()"), "FORBIDDEN This room is archived"),
        said(
            bob,
            changed(RoomKind.GROUP, "posting = 'moderators'"),
            "FORBIDDEN Only moderators post in this room"),
        said(bob, toDan, blocked),
        said(bob, toEve, blocked));
  }

  private Send send(Case each) {
    UUID clientId = each.clientId == null ? Ids.next() : each.clientId;
    return new Send(
        new Messages.Post(parley.actor(each.sender), each.roomId, clientId, each.words),
        System.nanoTime());
  }

  /** Not words alone, so whoever is in a batch with it is judged by the full statement. */
  private Send reply() {
    return new Send(
        new Messages.Post(
            parley.actor(ann),
            lobby.id(),
            Ids.next(),
            "a reply",
            new Messages.Context(1L, null, null)),
        System.nanoTime());
  }

  private static String verdict(Commit.Result result) {
    if (result.refusal() != null) {
      String why = result.refusal().detail();
      return (result.refusal().problem() + (why == null ? "" : " " + why)).strip();
    }
    return result.message() == null
        ? result.status().toString()
        : result.status()
            + " "
            + result.message().text()
            + " of "
            + result.message().sender().username();
  }

  private void assertAlike(Case each) {
    Commit.Result words = Await.get(commit.run(List.of(send(each)), false)).results().get(0);
    List<Commit.Result> both = Await.get(commit.run(List.of(reply(), send(each)), false)).results();
    assertEquals(Commit.Result.Status.STORED, both.get(0).status());
    assertEquals(each.verdict, verdict(words), "words alone");
    assertEquals(each.verdict, verdict(both.get(1)), "beside a reply");
  }

  @Test
  void wordsAloneAreJudgedAsTheyAreBesideAReply() throws SQLException {
    ann = parley.person("ann");
    bob = parley.person("bob");
    lobby = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, lobby, "first");
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(PersistenceVerticle.writerOptions(parley.database))
            .using(parley.vertx)
            .build();
    commit = new Commit(pool);
    assertAll(cases().stream().map(each -> () -> assertAlike(each)));
    Room locked = parley.room(RoomKind.GROUP, ann, bob);
    try (Connection connection = parley.connection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select from room_heads where room_id = '" + locked.id() + "' for no key update");
      assertAlike(said(bob, locked, "BUSY"));
    }
    assertFalse(Commit.INSERT_WORDS.contains("thread"), Commit.INSERT_WORDS);
  }
}

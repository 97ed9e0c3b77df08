package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.model.Message;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import chat.parley.model.User;
import chat.parley.testing.Await;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A writer that cannot keep up, or whose database does not answer: it says so in time, and loses
 * and doubles nothing.
 */
class OverloadedWriterIT {
  @RegisterExtension
  final Backstage parley = new Backstage(new WriterBounds(2, 50, 1 << 20, 10, 20, 1 << 20, 600));

  @Test
  void sendThatCannotBeStoredInTimeIsRefusedAndMayBeSentAgain() throws SQLException {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    UUID clientId = Ids.next();
    Future<Message> late;
    try (Connection holder = parley.connection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table messages in access exclusive mode");
      late = parley.posting(ann, room, clientId, "patience");
      Failure refusal = Await.failure(late, Failure.class);
      assertEquals(Problem.UNAVAILABLE, refusal.problem());
      assertTrue(refusal.retryAfterSeconds() > 0);
      holder.commit();
    }
    // It may have been stored after all when the lock was released: either way once.
    Message stored = Await.get(retrying(ann, room, clientId));
    assertEquals(1, stored.seq());
    assertEquals(1, parley.number("select count(*) from messages"));
    assertEquals(2, parley.post(ann, room, "and on").seq());
  }

  private Future<Message> retrying(User ann, Room room, UUID clientId) {
    return parley
        .posting(ann, room, clientId, "patience")
        .recover(failure -> retrying(ann, room, clientId));
  }

  @Test
  void moreThanTheWriterMayHoldIsRefusedAtOnce() throws SQLException {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    List<Future<Message>> sends = new ArrayList<>();
    try (Connection holder = parley.connection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table messages in access exclusive mode");
      for (int i = 0; i < 30; i++) {
        sends.add(parley.posting(ann, room, Ids.next(), "message " + i));
      }
      for (int i = 20; i < 30; i++) {
        assertEquals(Problem.UNAVAILABLE, Await.failure(sends.get(i), Failure.class).problem());
      }
      assertEquals(10, refused());
      holder.commit();
    }
    long acknowledged =
        sends.subList(0, 20).stream()
            .filter(
                send -> {
                  Await.until("answered", send::isComplete);
                  return send.succeeded();
                })
            .count();
    assertTrue(parley.number("select count(*) from messages") >= acknowledged);
    assertEquals(
        parley.number("select count(*) from messages"),
        parley.number("select last_seq from room_heads"));
  }

  private double refused() {
    return parley
        .registry
        .get("parley.sends.refused")
        .tag("problem", Problem.UNAVAILABLE.slug())
        .counter()
        .count();
  }

  @Test
  void roomWithMoreThanABatchKeepsItsOrder() {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    List<Future<Message>> sends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sends.add(parley.posting(ann, room, Ids.next(), "message " + i));
    }
    for (int i = 0; i < 20; i++) {
      Message message = Await.get(sends.get(i));
      assertEquals(i + 1, message.seq());
      assertEquals("message " + i, message.text());
    }
  }
}

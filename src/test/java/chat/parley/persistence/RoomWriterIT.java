package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.model.Message;
import chat.parley.model.Room;
import chat.parley.model.RoomBatch;
import chat.parley.model.RoomKind;
import chat.parley.model.Rooms;
import chat.parley.model.User;
import chat.parley.testing.Await;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The promise, at the writer: acknowledged means stored, once, in order. */
class RoomWriterIT {
  @RegisterExtension final Backstage parley = new Backstage();

  @Test
  void firstMessageIsNumberOne() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.DIRECT, ann, bob);
    Message message = parley.post(ann, room, "Grüße, 東京 👋");
    assertEquals(1, message.seq());
    assertEquals("Grüße, 東京 👋", message.text());
    assertEquals("ann", message.sender().username());
    assertTrue(message.version() > room.version());
  }

  @Test
  void sameClientIdTwentyTimesAtOnceIsOneMessage() {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    UUID clientId = Ids.next();
    List<Future<Message>> sends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sends.add(parley.posting(ann, room, clientId, "once"));
    }
    Set<Message> answers = sends.stream().map(Await::get).collect(Collectors.toSet());
    assertEquals(1, answers.size());
    assertEquals(answers.iterator().next(), Await.get(parley.posting(ann, room, clientId, "once")));
    assertEquals(1, parley.number("select count(*) from messages"));
    assertEquals(1, parley.number("select last_seq from room_heads"));
  }

  @Test
  void sameClientIdWithOtherWordsIsRefused() {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    UUID clientId = Ids.next();
    Future<Message> first = parley.posting(ann, room, clientId, "one thing");
    Future<Message> besides = parley.posting(ann, room, clientId, "another");
    assertEquals(Problem.ID_REUSED, Await.failure(besides, Failure.class).problem());
    Await.get(first);
    Future<Message> later = parley.posting(ann, room, clientId, "another");
    assertEquals(Problem.ID_REUSED, Await.failure(later, Failure.class).problem());
    assertEquals(1, parley.number("select count(*) from messages"));
  }

  @Test
  void retryAfterRemovalGetsTheFirstAnswer() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.GROUP, ann, bob);
    UUID clientId = Ids.next();
    Message first = Await.get(parley.posting(bob, room, clientId, "still here"));
    parley.ask(
        Addresses.MEMBERS_REMOVE, new Rooms.RemoveMember(parley.actor(ann), room.id(), bob.id()));
    assertEquals(first, Await.get(parley.posting(bob, room, clientId, "still here")));
    Future<Message> other = parley.posting(bob, room, Ids.next(), "something new");
    assertEquals(Problem.NOT_FOUND, Await.failure(other, Failure.class).problem());
  }

  @Test
  void fiftySendersAtOnceGiveDenseSeqs() {
    List<User> people = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      people.add(parley.person("user" + i));
    }
    User maker = people.get(0);
    Room room = parley.room(RoomKind.GROUP, maker, people.subList(1, 50).toArray(User[]::new));
    List<RoomBatch> heard = Collections.synchronizedList(new ArrayList<>());
    parley.bus.hear(Addresses.ROOM, room.id(), news -> heard.add((RoomBatch) news));

    List<Future<Message>> sends = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (User person : people) {
        sends.add(parley.posting(person, room, Ids.next(), "message of " + person.username()));
      }
    }
    List<Long> seqs = sends.stream().map(Await::get).map(Message::seq).sorted().toList();
    assertEquals(LongStream.rangeClosed(1, 1_000).boxed().toList(), seqs);

    Await.until(
        "all announced",
        () -> heard.stream().mapToInt(batch -> batch.entries().size()).sum() == 1_000);
    List<Long> versions =
        heard.stream()
            .flatMap(batch -> batch.entries().stream())
            .map(RoomBatch.Entry::version)
            .toList();
    long from = room.version() + 1;
    assertEquals(LongStream.range(from, from + 1_000).boxed().toList(), versions);
    assertTrue(
        heard.size() < 500,
        "a group commit announces many at once, these were " + heard.size() + " batches");
  }

  @Test
  void sendThatBeganAfterAnAckHasTheHigherSeq() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.DIRECT, ann, bob);
    long last = 0;
    for (int i = 0; i < 50; i++) {
      Message message = parley.post(i % 2 == 0 ? ann : bob, room, "turn " + i);
      assertEquals(last + 1, message.seq());
      last = message.seq();
    }
    assertEquals(
        0,
        parley.number(
            "select count(*) from (select sent_at < lag(sent_at) over (order by seq) as back from messages) m where back"));
  }

  @Test
  void removalThatCommitsWhileAPostWaitsForTheLockWins() throws SQLException {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.GROUP, ann, bob);
    Room other = parley.room(RoomKind.GROUP, ann, bob);
    Future<Message> post;
    try (Connection remover = parley.connection();
        Statement statement = remover.createStatement()) {
      remover.setAutoCommit(false);
      statement.execute(
          "select 1 from room_heads where room_id = '" + room.id() + "' for no key update");
      statement.execute(
          "delete from members where room_id = '"
              + room.id()
              + "' and user_id = '"
              + bob.id()
              + "'");
      post = parley.posting(bob, room, Ids.next(), "too late");
      // A room that is locked elsewhere holds nobody else up.
      parley.post(bob, other, "meanwhile");
      assertFalse(post.isComplete());
      remover.commit();
    }
    assertEquals(Problem.NOT_FOUND, Await.failure(post, Failure.class).problem());
    assertEquals(
        0, parley.number("select last_seq from room_heads where room_id = '" + room.id() + "'"));
  }

  @Test
  void lockHeldForLongIsWaitedFor() throws SQLException {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    Future<Message> post;
    try (Connection holder = parley.connection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(
          "select 1 from room_heads where room_id = '" + room.id() + "' for no key update");
      post = parley.posting(ann, room, Ids.next(), "patience");
      Await.until(
          "the writer waits for the lock",
          () ->
              parley.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                  == 1);
      holder.commit();
    }
    assertEquals(1, Await.get(post).seq());
  }

  @Test
  void rowThatCannotBeStoredHarmsNobodyElse() throws SQLException {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    try (Connection connection = parley.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table messages add constraint no_poison check (body <> 'poison')");
    }
    List<Future<Message>> good = new ArrayList<>();
    Future<Message> poison = null;
    for (int i = 0; i < 40; i++) {
      if (i == 17) {
        poison = parley.posting(ann, room, Ids.next(), "poison");
      }
      good.add(parley.posting(ann, room, Ids.next(), "good " + i));
    }
    assertEquals(Problem.INVALID, Await.failure(poison, Failure.class).problem());
    List<Message> stored = good.stream().map(Await::get).toList();
    assertEquals(
        LongStream.rangeClosed(1, 40).boxed().toList(), stored.stream().map(Message::seq).toList());
  }

  @Test
  void connectionCutAtRandomNeitherLosesNorDoubles() throws Exception {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    Set<Long> versions = Collections.synchronizedSet(new java.util.TreeSet<>());
    parley.bus.hear(
        Addresses.ROOM,
        room.id(),
        news -> ((RoomBatch) news).entries().forEach(entry -> versions.add(entry.version())));
    List<Future<Message>> sends = new ArrayList<>();
    try (Connection killer = parley.connection();
        Statement statement = killer.createStatement()) {
      for (int i = 0; i < 600; i++) {
        sends.add(parley.posting(ann, room, Ids.next(), "message " + i));
        if (i % 20 == 0) {
          statement.execute(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where pid <> pg_backend_pid() and application_name = 'parley' and backend_type = 'client backend'");
        }
      }
    }
    List<Long> seqs = sends.stream().map(Await::get).map(Message::seq).sorted().toList();
    assertEquals(LongStream.rangeClosed(1, 600).boxed().toList(), seqs);
    assertEquals(600, parley.number("select count(*) from messages"));
    Await.until("everything stored was announced", () -> versions.size() == 600);
  }

  @Test
  void publicRoomTellsOutsidersToJoinAndOthersDoNotExist() {
    User ann = parley.person("ann");
    User eve = parley.person("eve");
    Room open = parley.room(RoomKind.PUBLIC, ann);
    Room closed = parley.room(RoomKind.GROUP, ann);
    assertEquals(
        Problem.FORBIDDEN,
        Await.failure(parley.posting(eve, open, Ids.next(), "hi"), Failure.class).problem());
    assertEquals(
        Problem.NOT_FOUND,
        Await.failure(parley.posting(eve, closed, Ids.next(), "hi"), Failure.class).problem());
    assertNotEquals(open.id(), closed.id());
  }

  @Test
  void ownMessageMovesTheReadMark() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.DIRECT, ann, bob);
    parley.post(ann, room, "one");
    parley.post(ann, room, "two");
    assertEquals(
        0, parley.ask(Addresses.ROOMS_GET, new Rooms.Get(ann.id(), room.id())).me().unread());
    assertEquals(
        2, parley.ask(Addresses.ROOMS_GET, new Rooms.Get(bob.id(), room.id())).me().unread());
  }
}

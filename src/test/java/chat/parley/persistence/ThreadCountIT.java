package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.Room;
import chat.parley.model.RoomBatch;
import chat.parley.model.RoomKind;
import chat.parley.model.User;
import chat.parley.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thread's count is the number of its replies, whatever happens to the batches they go in. */
class ThreadCountIT {
  @RegisterExtension final Backstage parley = new Backstage();

  private final Map<Long, RoomBatch.Entry> heard = new ConcurrentSkipListMap<>();

  private Future<Message> replying(Bus bus, User sender, Room room, UUID clientId, Long threadOf) {
    return bus.ask(
        Addresses.MESSAGES_POST,
        new Messages.Post(
            parley.actor(sender),
            room.id(),
            clientId,
            "a reply",
            new Messages.Context(null, threadOf, null)));
  }

  private Future<Message> replying(User sender, Room room, Long threadOf) {
    return replying(parley.bus, sender, room, Ids.next(), threadOf);
  }

  private void hear(Room room) {
    parley.bus.hear(
        Addresses.ROOM,
        room.id(),
        news -> ((RoomBatch) news).entries().forEach(entry -> heard.put(entry.version(), entry)));
  }

  /** Counts and versions as the rows themselves have them. */
  private void assertExact() {
    assertEquals(
        0,
        parley.number(
            """
            select count(*) from messages m
            left join lateral (
              select count(*) as replies, max(seq) as last from messages r
              where r.room_key = m.room_key and r.thread_of = m.seq) t on true
            where coalesce(m.thread_replies, 0) <> t.replies or m.thread_last is distinct from t.last
            """));
    assertEquals(
        0,
        parley.number(
            """
            select count(*) from room_heads h
            where version < (select max(version) from messages m where m.room_key = h.room_key)
              or last_seq <> (select count(*) from messages m where m.room_key = h.room_key)
            """));
    assertEquals(
        0,
        parley.number(
            "select count(*) from (select from messages group by room_key, version having count(*) > 1) twice"));
  }

  @Test
  void manyRepliesToSeveralThreadsAtOnce() {
    User ann = parley.person("ann");
    User bob = parley.person("bob");
    Room room = parley.room(RoomKind.GROUP, ann, bob);
    for (int i = 0; i < 3; i++) {
      parley.post(ann, room, "thread " + i);
    }
    hear(room);
    long before = parley.number("select version from room_heads");
    List<Future<Message>> sends = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Long threadOf = i % 4 == 3 ? null : (Long) (i % 4 + 1L);
      sends.add(replying(i % 2 == 0 ? ann : bob, room, threadOf));
    }
    sends.forEach(Await::get);
    assertExact();
    long head = parley.number("select version from room_heads");
    Await.until("every version was announced", () -> heard.size() == head - before);
    assertTrue(head - before < 800, "one version a thread and batch, not one a reply");
    for (long seq = 1; seq <= 3; seq++) {
      Message first =
          parley.ask(Addresses.MESSAGES_GET, new Messages.Get(ann.id(), room.id(), seq)).message();
      assertEquals(100, first.thread().replies());
      String announced =
          new String(heard.get(first.version()).json(), java.nio.charset.StandardCharsets.UTF_8);
      assertTrue(announced.contains("\"replies\":100"), announced);
    }
  }

  @Test
  void connectionCutAtRandomCountsEachReplyOnce() throws Exception {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, room, "first");
    hear(room);
    List<Future<Message>> sends = new ArrayList<>();
    try (Connection killer = parley.connection();
        Statement statement = killer.createStatement()) {
      for (int i = 0; i < 300; i++) {
        sends.add(replying(ann, room, i % 3 == 0 ? null : (Long) 1L));
        if (i % 15 == 0) {
          statement.execute(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where pid <> pg_backend_pid() and application_name = 'parley' and backend_type = 'client backend'");
        }
      }
    }
    sends.forEach(Await::get);
    assertExact();
    assertEquals(200, parley.number("select thread_replies from messages where seq = 1"));
    long latest = parley.number("select version from messages where seq = 1");
    Await.until("the thread as it is now was announced", () -> heard.containsKey(latest));
  }

  @Test
  void batchThatIsSplitCountsEachReplyOnce() throws SQLException {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, room, "first");
    try (Connection connection = parley.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table messages add constraint no_poison check (body <> 'poison')");
    }
    List<Future<Message>> sends = new ArrayList<>();
    Future<Message> poison = null;
    for (int i = 0; i < 30; i++) {
      if (i == 11) {
        poison =
            parley.bus.ask(
                Addresses.MESSAGES_POST,
                new Messages.Post(
                    parley.actor(ann),
                    room.id(),
                    Ids.next(),
                    "poison",
                    new Messages.Context(null, 1L, null)));
      }
      sends.add(replying(ann, room, 1L));
    }
    assertEquals(Problem.INVALID, Await.failure(poison, Failure.class).problem());
    sends.forEach(Await::get);
    assertExact();
    assertEquals(30, parley.number("select thread_replies from messages where seq = 1"));
  }

  @Test
  void sameReplyOverTwoNodesAtOnceCountsOnce() {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, room, "first");
    Vertx other = Vertx.vertx();
    try {
      Await.get(
          other.deployVerticle(
              new PersistenceVerticle(parley.database, parley.bounds, new SimpleMeterRegistry())));
      List<Future<Message>> here = new ArrayList<>();
      List<Future<Message>> there = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        UUID clientId = Ids.next();
        here.add(replying(parley.bus, ann, room, clientId, 1L));
        there.add(replying(Bus.of(other), ann, room, clientId, 1L));
      }
      for (int i = 0; i < 100; i++) {
        assertEquals(Await.get(here.get(i)), Await.get(there.get(i)));
      }
    } finally {
      Await.get(other.close());
    }
    assertExact();
    assertEquals(100, parley.number("select thread_replies from messages where seq = 1"));
  }

  @Test
  void archivingThatCommitsWhileASendWaitsForTheLockWins() throws SQLException {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, room, "first");
    Future<Message> post;
    try (Connection archiver = parley.connection();
        Statement statement = archiver.createStatement()) {
      archiver.setAutoCommit(false);
      statement.execute("select from room_heads for no key update");
      statement.execute("update rooms set archived_at = now()");
      post = replying(ann, room, 1L);
      Await.until(
          "the writer waits for the lock",
          () ->
              parley.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                  == 1);
      archiver.commit();
    }
    assertEquals(Problem.FORBIDDEN, Await.failure(post, Failure.class).problem());
    assertExact();
  }

  @Test
  void deletionThatCommitsWhileAReplyWaitsForTheLockWins() throws SQLException {
    User ann = parley.person("ann");
    Room room = parley.room(RoomKind.GROUP, ann);
    parley.post(ann, room, "first");
    Future<Message> reply;
    Future<Message> plain;
    try (Connection remover = parley.connection();
        Statement statement = remover.createStatement()) {
      remover.setAutoCommit(false);
      statement.execute("select from room_heads for no key update");
      statement.execute(
          "update messages set body = null, digest = null, deleted_at = now(), version = 3");
      statement.execute("update room_heads set version = 3");
      reply = replying(ann, room, 1L);
      plain = parley.posting(ann, room, Ids.next(), "meanwhile");
      Await.until(
          "the writer waits for the lock",
          () ->
              parley.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                  == 1);
      remover.commit();
    }
    Failure refusal = Await.failure(reply, Failure.class);
    assertEquals("/threadOf", refusal.fields().get(0).pointer());
    assertEquals(2, Await.get(plain).seq());
    assertExact();
  }
}

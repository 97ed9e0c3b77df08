package chat.parley.persistence;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.AccountInvites;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.model.Fold;
import chat.parley.model.Ids;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.NewRoom;
import chat.parley.model.Room;
import chat.parley.model.RoomKind;
import chat.parley.model.Rooms;
import chat.parley.model.User;
import chat.parley.testing.Await;
import chat.parley.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The persistence verticle on a fresh database, spoken to over the bus as the other rooms do. */
final class Backstage implements BeforeEachCallback, AfterEachCallback {
  private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA";

  final WriterBounds bounds;
  DatabaseAddress database;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  Vertx vertx;
  Bus bus;

  Backstage() {
    this(WriterBounds.DEFAULT);
  }

  Backstage(WriterBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    database = TestDatabase.fresh();
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    Await.get(vertx.deployVerticle(new PersistenceVerticle(database, bounds, registry)));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Await.get(vertx.close());
  }

  <Q, R> R ask(Address<Q, R> address, Q question) {
    return Await.get(bus.ask(address, question));
  }

  /** The problem that a question must be answered with. */
  <Q, R> Problem refused(Address<Q, R> address, Q question) {
    return Await.failure(bus.ask(address, question), Failure.class).problem();
  }

  User person(String name) {
    return ask(
        Addresses.USERS_CREATE,
        new Accounts.NewAccount(
            Ids.next(),
            name,
            Fold.key(name),
            name,
            Fold.key(name),
            null,
            null,
            HASH,
            AccountInvites.Entry.by(null),
            new Actor(null, "test"),
            null));
  }

  Actor actor(User user) {
    return new Actor(user.id(), "test");
  }

  Room room(RoomKind kind, User maker, User... others) {
    List<UUID> ids = java.util.Arrays.stream(others).map(User::id).toList();
    String name = kind == RoomKind.DIRECT ? null : "A room";
    return ask(Addresses.ROOMS_CREATE, new Rooms.Create(actor(maker), new NewRoom(kind, name, ids)))
        .room();
  }

  Future<Message> posting(User sender, Room room, UUID clientId, String text) {
    return bus.ask(
        Addresses.MESSAGES_POST, new Messages.Post(actor(sender), room.id(), clientId, text));
  }

  Message post(User sender, Room room, String text) {
    return Await.get(posting(sender, room, Ids.next(), text));
  }

  Connection connection() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  long number(String sql) {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

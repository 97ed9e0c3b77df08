package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.SessionsEnded;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.Device;
import chat.parley.model.Login;
import chat.parley.model.Registration;
import chat.parley.model.RegistrationMode;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import chat.parley.persistence.DatabaseAddress;
import chat.parley.persistence.PersistenceVerticle;
import chat.parley.testing.TestClock;
import chat.parley.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The auth service over a fresh database, for one test; {@link #andAnotherNode} shares it. */
final class AuthServer implements BeforeEachCallback, AfterEachCallback {
  static final Duration ACCESS_LIFE = Duration.ofMinutes(15);
  static final String PASSWORD = "correct horse battery";
  private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes();
  private static final Device DEVICE = new Device("192.0.2.1", "test");

  final TestClock clock = new TestClock();
  private boolean registrationOpen = true;
  private AuthVerticle.Proofs proofs = AuthVerticle.Options.defaults(SECRET).proofs();
  private DatabaseAddress database;
  private Vertx vertx;
  private Bus bus;

  @Override
  public void beforeEach(ExtensionContext context) {
    database = TestDatabase.fresh();
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    get(vertx.close());
  }

  private void start() {
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    get(vertx.deployVerticle(new PersistenceVerticle(database)));
    get(vertx.deployVerticle(new AuthVerticle(options())));
  }

  private AuthVerticle.Options options() {
    return AuthVerticle.Options.defaults(SECRET)
        .withRegistration(registrationOpen ? null : RegistrationMode.CLOSED)
        .withProofs(proofs)
        .withClock(clock);
  }

  AuthServer andAnotherNode() {
    AuthServer other = new AuthServer();
    other.database = database;
    other.start();
    return other;
  }

  void restart(boolean open) {
    get(vertx.close());
    registrationOpen = open;
    start();
  }

  void restart(AuthVerticle.Proofs other) {
    proofs = other;
    restart(registrationOpen);
  }

  void close() {
    get(vertx.close());
  }

  Bus bus() {
    return bus;
  }

  Future<Account> register(String username) {
    return register(new Registration(username, PASSWORD, null, null));
  }

  Future<Account> register(Registration wish) {
    return bus.ask(Addresses.AUTH_REGISTER, new Accounts.Register(wish, DEVICE, "r1"));
  }

  Future<Tokens> login(String login, String password) {
    return bus.ask(
        Addresses.AUTH_LOGIN, new Accounts.SignIn(new Login(login, password), DEVICE, "r2"));
  }

  /** Somebody new, signed in as a program. */
  Tokens signedIn(String username) {
    get(register(username));
    return get(login(username, PASSWORD));
  }

  SiteSession siteLogin(String username) {
    Login login = new Login(username, PASSWORD);
    return get(bus.ask(Addresses.AUTH_SITE_LOGIN, new Accounts.SignIn(login, DEVICE, "r3")));
  }

  Future<Tokens> refresh(String token) {
    return bus.ask(Addresses.AUTH_REFRESH, new Accounts.Refresh(token, DEVICE, "r4"));
  }

  Future<Caller> verify(String token) {
    return verify(new Credential.Bearer(token));
  }

  Future<Caller> verify(Credential credential) {
    return bus.ask(Addresses.AUTH_VERIFY, credential);
  }

  Future<Void> logout(Caller caller) {
    return bus.ask(
        Addresses.AUTH_LOGOUT, new Accounts.EndSession(caller.actor("r5"), caller.sessionId()));
  }

  String ticket(Caller caller) {
    return get(bus.ask(Addresses.AUTH_TICKET, new Accounts.MakeTicket(caller, "r6"))).ticket();
  }

  Future<Caller> verifyTicket(String ticket) {
    return verify(new Credential.Ticket(ticket));
  }

  /** Completes when the end of the session is announced on this node. */
  Future<SessionsEnded> hearEndOf(UUID sessionId) {
    Promise<SessionsEnded> heard = Promise.promise();
    bus.hear(
        Addresses.SESSIONS_ENDED,
        "",
        ended -> {
          if (ended.sessionIds().contains(sessionId)) {
            heard.tryComplete(ended);
          }
        });
    return heard.future();
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static Problem problem(Future<?> future) {
    return failure(future).problem();
  }

  static Failure failure(Future<?> future) {
    return assertThrows(Failure.class, () -> get(future));
  }

  /** The first column of the first row, as text. */
  String query(String sql) {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes what a test cannot wait for. */
  void update(String sql) {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package chat.parley.auth;

import static chat.parley.auth.AuthServer.PASSWORD;
import static chat.parley.auth.AuthServer.get;
import static chat.parley.auth.AuthServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.parley.bus.Addresses;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Application;
import chat.parley.model.Applications;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.Device;
import chat.parley.model.Login;
import chat.parley.model.MadeApiKey;
import chat.parley.model.Registration;
import chat.parley.model.SiteSession;
import chat.parley.model.Ticket;
import chat.parley.model.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Whatever proves who somebody is: not in the log, not in the database, not in a record's text. */
class SecretsKeptIT {
  @RegisterExtension final AuthServer server = new AuthServer();

  private final Logger ours = (Logger) LoggerFactory.getLogger("chat.parley");
  private final Logger vertx = (Logger) LoggerFactory.getLogger("io.vertx");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> secrets = new ArrayList<>(List.of(PASSWORD));

  @BeforeEach
  void listen() {
    log.start();
    for (Logger logger : List.of(ours, vertx)) {
      logger.setLevel(Level.TRACE);
      logger.setAdditive(false);
      logger.addAppender(log);
    }
  }

  @AfterEach
  void stopListening() {
    for (Logger logger : List.of(ours, vertx)) {
      logger.setLevel(null);
      logger.setAdditive(true);
      logger.detachAppender(log);
    }
  }

  @Test
  void nothingThatOpensASessionIsWrittenAnywhere() {
    beThere();
    List<String> lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertFalse(lines.isEmpty(), "the trap is set");
    for (String secret : secrets) {
      assertTrue(lines.stream().noneMatch(line -> line.contains(secret)));
      for (String table : List.of("users", "sessions", "refresh_tokens", "tickets")) {
        String dump = "select coalesce(string_agg(t::text, ''), '') from " + table + " t";
        assertFalse(server.query(dump).contains(secret), table);
      }
    }
  }

  /** Everything that hands out or takes a secret, well and badly. */
  private void beThere() {
    Tokens first = server.signedIn("alice");
    Tokens second = get(server.refresh(first.refreshToken()));
    SiteSession site = server.siteLogin("alice");
    Caller caller = get(server.verify(new Credential.Cookie(site.cookie())));
    String ticket = server.ticket(caller);
    secrets.addAll(List.of(first.accessToken(), first.refreshToken(), second.accessToken()));
    secrets.addAll(List.of(second.refreshToken(), site.cookie(), site.csrfToken(), ticket));
    get(server.verifyTicket(ticket));
    server.ticket(caller);
    problem(server.verifyTicket(ticket));
    problem(server.verify(first.accessToken() + "x"));
    problem(server.register(new Registration("alice", PASSWORD, null, null)));
    problem(server.login("alice", PASSWORD + "!"));
    problem(server.refresh(first.refreshToken()));
    // A question that nobody expects fails loudly, and must not print what it holds.
    assertEquals(
        Problem.INTERNAL,
        problem(server.bus().ask(Addresses.AUTH_LOGIN, new Accounts.SignIn(null, null, "r"))));
  }

  @Test
  void recordsDoNotPrintTheirSecrets() {
    String secret = Secrets.next();
    Device device = new Device("192.0.2.1", "test");
    Tokens tokens = server.signedIn("alice");
    for (Object record :
        List.of(
            new Login("alice", secret),
            new Accounts.SignIn(new Login("alice", secret), device, "r"),
            new Accounts.Register(new Registration("alice", secret, null, null), device, "r"),
            new Accounts.Refresh(secret, device, "r"),
            new Credential.Bearer(secret),
            new Credential.Cookie(secret),
            new Credential.Ticket(secret),
            new Ticket(secret, 30),
            new MadeApiKey(UUID.randomUUID(), "bot", List.of(), Instant.now(), null, secret),
            new Application.Key(UUID.randomUUID(), "HS256", Instant.now(), secret),
            new Applications.Exchange(secret, null, device, "r"),
            new SiteSession(tokens.user(), secret, secret, 1),
            new Tokens(tokens.user(), secret, secret, "Bearer", 1),
            new Accounts.WithPassword(tokens.user(), secret, false),
            AuthVerticle.Options.defaults(secret.getBytes()))) {
      assertFalse(record.toString().contains(secret), record.getClass().getName());
    }
    Caller caller = get(server.verify(new Credential.Cookie(server.siteLogin("alice").cookie())));
    assertFalse(caller.toString().contains(caller.csrfToken()), "a CSRF token is one too");
  }
}

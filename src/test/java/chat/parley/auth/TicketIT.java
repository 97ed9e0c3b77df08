package chat.parley.auth;

import static chat.parley.auth.AuthServer.get;
import static chat.parley.auth.AuthServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One ticket, one socket. */
class TicketIT {
  @RegisterExtension final AuthServer server = new AuthServer();
  private Caller alice;

  @BeforeEach
  void signedIn() {
    alice = get(server.verify(server.signedIn("alice").accessToken()));
  }

  @Test
  void ticketSpeaksForItsSession() {
    Caller caller = get(server.verifyTicket(server.ticket(alice)));
    assertEquals(alice.user(), caller.user());
    assertEquals(alice.sessionId(), caller.sessionId());
    assertEquals(Caller.Via.TICKET, caller.via());
  }

  @Test
  void ticketIsSpentOnceHoweverManyTry() {
    String ticket = server.ticket(alice);
    List<Future<Caller>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(server.verifyTicket(ticket));
    }
    get(Future.join(all).otherwiseEmpty());
    assertEquals(1, all.stream().filter(Future::succeeded).count());
  }

  @Test
  void oldTicketOpensNothing() {
    server.clock.advance(Duration.ofSeconds(-31));
    String ticket = server.ticket(alice);
    server.clock.advance(Duration.ofSeconds(31));
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verifyTicket(ticket)));
  }

  @Test
  void ticketDiesWithItsSession() {
    String ticket = server.ticket(alice);
    get(server.logout(alice));
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verifyTicket(ticket)));
    assertEquals(
        Problem.UNAUTHENTICATED,
        problem(
            server
                .bus()
                .ask(
                    chat.parley.bus.Addresses.AUTH_TICKET,
                    new chat.parley.model.Accounts.MakeTicket(alice, "r"))));
  }

  @Test
  void onlyTheTwentyNewestTicketsOfASessionCount() {
    String oldest = server.ticket(alice);
    for (int i = 0; i < 20; i++) {
      server.ticket(alice);
    }
    assertEquals("20", server.query("select count(*) from tickets"));
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verifyTicket(oldest)));
  }
}

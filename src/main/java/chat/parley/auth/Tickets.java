package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Ticket;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/**
 * Lets a socket in without a secret that outlives the handshake: what stands in an address ends up
 * in logs.
 */
final class Tickets {
  private static final Duration LIFE = Duration.ofSeconds(30);

  private final Bus bus;
  private final Clock clock;

  Tickets(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  Future<Ticket> make(Accounts.MakeTicket ask) {
    String ticket = Secrets.next();
    Accounts.NewTicket row =
        new Accounts.NewTicket(
            Secrets.hash(ticket),
            ask.caller().sessionId(),
            clock.instant().plus(LIFE),
            ask.requestId());
    return bus.ask(Addresses.TICKETS_CREATE, row).map(new Ticket(ticket, (int) LIFE.toSeconds()));
  }

  /** The ticket's session; fails with UNAUTHENTICATED when it is unknown, too old or spent. */
  Future<LiveSession> spend(String ticket) {
    return bus.ask(Addresses.TICKETS_SPEND, Secrets.hash(ticket))
        .map(session -> session.orElseThrow(Problem.UNAUTHENTICATED::failure));
  }
}

package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.model.Invite;
import chat.parley.model.Invites;
import chat.parley.model.Room;
import io.vertx.core.Future;

/** The tokens of invitations: made here, told once, and known to the database by their hash. */
final class Invitations {
  private final Bus bus;

  Invitations(Bus bus) {
    this.bus = bus;
  }

  Future<Invite> make(Invites.Make ask) {
    String token = Secrets.next();
    return bus.ask(Addresses.INVITES_CREATE, new Invites.Row(Ids.next(), Secrets.hash(token), ask))
        .map(made -> made.withToken(token));
  }

  /** Fails with NOT_FOUND, whatever it is that is wrong with the link. */
  Future<Invites.Preview> look(Invites.Look ask) {
    return bus.ask(
        Addresses.INVITES_LOOK, new Invites.LookByHash(ask.readerId(), hash(ask.token())));
  }

  /** Likewise. */
  Future<Room> accept(Invites.Accept ask) {
    return bus.ask(
        Addresses.INVITES_ACCEPT, new Invites.AcceptByHash(ask.actor(), hash(ask.token())));
  }

  private static byte[] hash(String token) {
    if (!Secrets.isOurs(token)) {
      throw Problem.NOT_FOUND.failure();
    }
    return Secrets.hash(token);
  }
}

package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.model.Ids;
import chat.parley.model.Registration;
import io.vertx.core.Future;

/** Makes accounts. A closed server still takes its first, or nobody could ever administer it. */
final class Registrations {
  private final Bus bus;
  private final Passwords passwords;
  private final MailLinks links;
  private final boolean open;
  private boolean closedForGood;

  Registrations(Bus bus, Passwords passwords, MailLinks links, boolean open) {
    this.bus = bus;
    this.passwords = passwords;
    this.links = links;
    this.open = open;
  }

  Future<Account> register(Accounts.Register ask) {
    if (closedForGood) {
      return Future.failedFuture(Problem.REGISTRATION_CLOSED.failure());
    }
    Names names = checked(ask.wish());
    return passwords
        .hash(ask.wish().password())
        .compose(
            hash ->
                bus.ask(
                    Addresses.USERS_CREATE,
                    account(names, hash, ask.device().stranger(ask.requestId()))))
        .onFailure(this::learn)
        .map(user -> new Account(user, names.email(), true));
  }

  private static Names checked(Registration wish) {
    Wrong wrong = new Wrong();
    Names names = Names.of(wish, wrong);
    PasswordRules.check(wish.password(), names, wrong);
    wrong.refuse();
    return names;
  }

  private Accounts.NewAccount account(Names names, String hash, Actor actor) {
    return new Accounts.NewAccount(
        Ids.next(),
        names.username(),
        names.usernameKey(),
        names.displayName(),
        names.displayKey(),
        names.email(),
        names.emailKey(),
        hash,
        !open,
        actor,
        names.email() == null ? null : links.next());
  }

  /** Spares a closed server the hashing: once somebody was there, nobody can be the first. */
  private void learn(Throwable cause) {
    closedForGood |=
        cause instanceof Failure failure && failure.problem() == Problem.REGISTRATION_CLOSED;
  }
}

package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.AccountInvites;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.model.Ids;
import chat.parley.model.Registration;
import chat.parley.model.RegistrationMode;
import io.vertx.core.Future;

/**
 * Makes accounts. A closed server still takes its first, or nobody could ever administer it, unless
 * a link for an administrator was made.
 */
final class Registrations {
  private final Bus bus;
  private final Passwords passwords;
  private final MailLinks links;
  private final RegistrationMode fixed;

  Registrations(Bus bus, Passwords passwords, MailLinks links, RegistrationMode fixed) {
    this.bus = bus;
    this.passwords = passwords;
    this.links = links;
    this.fixed = fixed;
  }

  Future<Account> register(Accounts.Register ask) {
    Names names = checked(ask.wish());
    AccountInvites.Entry entry = entry(ask.wish().invite());
    // Before it costs a hash; once more when it is stored.
    return bus.ask(Addresses.REGISTRATION_MAY, entry)
        .compose(may -> passwords.hash(ask.wish().password()))
        .compose(
            hash ->
                bus.ask(
                    Addresses.USERS_CREATE,
                    account(names, hash, entry, ask.device().stranger(ask.requestId()))))
        .map(user -> new Account(user, names.email(), true));
  }

  private AccountInvites.Entry entry(String invite) {
    if (invite == null) {
      return AccountInvites.Entry.by(fixed);
    }
    if (!Secrets.isOurs(invite)) {
      throw Problem.LINK_INVALID.failure();
    }
    return new AccountInvites.Entry(fixed, Secrets.hash(invite), false);
  }

  private static Names checked(Registration wish) {
    Wrong wrong = new Wrong();
    Names names = Names.of(wish, wrong);
    PasswordRules.check(wish.password(), names, wrong);
    wrong.refuse();
    return names;
  }

  private Accounts.NewAccount account(
      Names names, String hash, AccountInvites.Entry entry, Actor actor) {
    return new Accounts.NewAccount(
        Ids.next(),
        names.username(),
        names.usernameKey(),
        names.displayName(),
        names.displayKey(),
        names.email(),
        names.emailKey(),
        hash,
        entry,
        actor,
        names.email() == null ? null : links.next());
  }
}

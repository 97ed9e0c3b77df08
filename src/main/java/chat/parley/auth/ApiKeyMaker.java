package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.ApiKey;
import chat.parley.model.ApiKeys;
import chat.parley.model.Caller;
import chat.parley.model.Ids;
import chat.parley.model.MadeApiKey;
import chat.parley.model.NewApiKey;
import chat.parley.model.Role;
import chat.parley.model.Scope;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes keys for programs, each shown once, and takes them back. */
final class ApiKeyMaker {
  private final Bus bus;
  private final Confirmations confirmations;
  private final EndedSessions ended;
  private final Clock clock;

  ApiKeyMaker(Bus bus, Confirmations confirmations, EndedSessions ended, Clock clock) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.ended = ended;
    this.clock = clock;
  }

  /** Fails with CONFIRM_FIRST without a fresh proof, with FORBIDDEN for a scope one lacks. */
  Future<MadeApiKey> make(ApiKeys.Make ask) {
    Wrong wrong = new Wrong();
    String name = Labels.of(ask.wish().name(), "/name", wrong);
    List<Scope> scopes = ask.wish().scopes().stream().distinct().sorted().toList();
    wrong.unless(
        !scopes.isEmpty() && !scopes.contains(Scope.ACCOUNT),
        "/scopes",
        "must hold read, write or admin");
    wrong.refuse();
    requireOwn(ask.caller(), scopes);
    String key = KeyText.next();
    ApiKeys.Row row =
        new ApiKeys.Row(
            Ids.next(),
            Secrets.hash(key),
            name,
            scopes,
            expiry(ask.wish()),
            Devices.tidy(ask.device()),
            ask.caller().sessionId(),
            ask.caller().actor(ask.requestId()));
    return confirmations
        .requireFresh(ask.caller())
        .compose(fresh -> bus.ask(Addresses.KEYS_CREATE, row))
        .map(made -> shown(made, key));
  }

  private static void requireOwn(Caller caller, List<Scope> scopes) {
    if (scopes.contains(Scope.ADMIN) && caller.user().role() != Role.ADMIN) {
      throw Problem.FORBIDDEN.at("/scopes", "admin is for administrators");
    }
  }

  private Instant expiry(NewApiKey wish) {
    return wish.expiresInDays() == null
        ? null
        : clock
            .instant()
            .plus(Duration.ofDays(wish.expiresInDays()))
            .truncatedTo(ChronoUnit.MILLIS);
  }

  private static MadeApiKey shown(ApiKey made, String key) {
    return new MadeApiKey(
        made.id(), made.name(), made.scopes(), made.createdAt(), made.expiresAt(), key);
  }

  /** Refused everywhere within a second, its sockets closed; again changes nothing. */
  Future<Void> revoke(ApiKeys.Revoke wish) {
    return bus.ask(Addresses.KEYS_REVOKE, wish).onSuccess(done -> ended.add(List.of(wish.keyId())));
  }
}

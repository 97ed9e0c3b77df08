package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.AccountInvites;
import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Accounts.NewAccount;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Applications;
import chat.parley.model.Applications.Signer;
import chat.parley.model.Fold;
import chat.parley.model.Ids;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import chat.parley.model.User;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * Lets in whom a platform vouches for. The account is that of (application, subject), made when
 * there is none; closed registration does not matter, as an administrator let the platform in.
 */
final class Exchanges {
  private final Bus bus;
  private final Seal seal;
  private final Entrances entrances;
  private final Refusals refusals;
  private final String audience;
  private final Clock clock;

  Exchanges(Bus bus, Seal seal, Entrances entrances, AuthVerticle.Options options) {
    this.bus = bus;
    this.refusals = new Refusals(bus);
    this.seal = seal;
    this.entrances = entrances;
    this.audience = options.issuer();
    this.clock = options.clock();
  }

  Future<Tokens> program(Applications.Exchange ask) {
    return enter(ask, proved -> entrances.program(proved, ask.device(), ask.requestId()));
  }

  Future<SiteSession> site(Applications.Exchange ask) {
    return enter(ask, proved -> entrances.site(proved, ask.device(), ask.requestId()));
  }

  private <T> Future<T> enter(Applications.Exchange ask, Function<Proved, Future<T>> door) {
    return refusals.noted(
        Future.succeededFuture(ask.token())
            .map(PlatformToken::read)
            .compose(token -> enter(token, ask, door)),
        Act.LOGIN_FAILED,
        ask.device().stranger(ask.requestId()),
        null,
        "platform");
  }

  private <T> Future<T> enter(
      PlatformToken token, Applications.Exchange ask, Function<Proved, Future<T>> door) {
    return admit(token, ask)
        .compose(user -> door.apply(new Proved(user, null, "platform")))
        .compose(opened -> ifStillTrusted(token, opened));
  }

  /**
   * Disabling a platform ends the sessions it finds. One that was opened just then is handed to
   * nobody.
   */
  private <T> Future<T> ifStillTrusted(PlatformToken token, T opened) {
    return signer(token)
        .map(
            signer -> {
              requireEnabled(signer);
              return opened;
            });
  }

  private Future<Signer> signer(PlatformToken token) {
    return bus.ask(Addresses.APPLICATIONS_SIGNER, token.keyId())
        .map(found -> found.orElseThrow(Problem.UNAUTHENTICATED::failure));
  }

  private Future<User> admit(PlatformToken token, Applications.Exchange ask) {
    return signer(token)
        .compose(
            signer -> {
              requireSigned(signer, token);
              requireEnabled(signer);
              requireListed(signer, ask.origin());
              return admit(
                  signer,
                  token.claims(signer.applicationId(), audience, clock.instant()),
                  ask.device().stranger(ask.requestId()));
            });
  }

  /** Only by the key's own algorithm, whatever the token says. */
  private void requireSigned(Signer signer, PlatformToken token) {
    if (!signer.algorithm().equals(token.algorithm()) || !isSigned(signer, token)) {
      throw Problem.UNAUTHENTICATED.failure();
    }
  }

  private boolean isSigned(Signer signer, PlatformToken token) {
    return signer.algorithm().equals("HS256")
        ? seal.open(signer.keyId(), signer.material())
            .filter(secret -> Signatures.isHmac(secret, token.signed(), token.signature()))
            .isPresent()
        : Signatures.isSigned(
            signer.algorithm(), signer.material(), token.signed(), token.signature());
  }

  private static void requireEnabled(Signer signer) {
    if (signer.disabled()) {
      throw Problem.FORBIDDEN.because("This application is disabled");
    }
  }

  private static void requireListed(Signer signer, String origin) {
    if (origin != null && !signer.origins().contains(origin)) {
      throw Problem.CROSS_SITE.because("The application does not list this origin");
    }
  }

  private Future<User> admit(Signer signer, PlatformToken.Claims claims, Actor actor) {
    List<NewAccount> wishes =
        PlatformNames.of(claims).stream().map(names -> account(names, actor)).toList();
    return admit(signer, claims, wishes, wishes.get(0).email() != null)
        // The display name may have followed the platform's.
        .onSuccess(
            user -> bus.publish(Addresses.ACCOUNT_CHANGED, "", new AccountChanged(user.id())));
  }

  /** Names are tried until one is free; an address that somebody else has is left out. */
  private Future<User> admit(
      Signer signer, PlatformToken.Claims claims, List<NewAccount> wishes, boolean withEmail) {
    NewAccount wish = withEmail ? wishes.get(0) : withoutEmail(wishes.get(0));
    return bus.ask(Addresses.APPLICATIONS_ADMIT, admission(signer, claims, wish))
        .recover(
            cause -> {
              boolean email = isTaken(cause, "/email");
              boolean another = isTaken(cause, "/username") && wishes.size() > 1;
              if (!email && !another) {
                return Future.failedFuture(cause);
              }
              List<NewAccount> left = another ? wishes.subList(1, wishes.size()) : wishes;
              return admit(signer, claims, left, withEmail && !email);
            });
  }

  private static boolean isTaken(Throwable cause, String pointer) {
    return cause instanceof Failure failure
        && failure.problem() == Problem.NAME_TAKEN
        && failure.fields().stream().anyMatch(field -> field.pointer().equals(pointer));
  }

  private static Applications.Admit admission(
      Signer signer, PlatformToken.Claims claims, NewAccount wish) {
    return new Applications.Admit(
        signer.applicationId(),
        signer.keyId(),
        claims.subject(),
        Secrets.hash(claims.id()),
        claims.expiresAt().plus(PlatformToken.SKEW),
        wish,
        claims.name() != null && wish.displayName().equals(Fold.nfc(claims.name()).strip()));
  }

  private static NewAccount account(Names names, Actor actor) {
    return new NewAccount(
        Ids.next(),
        names.username(),
        names.usernameKey(),
        names.displayName(),
        names.displayKey(),
        names.email(),
        names.emailKey(),
        null,
        AccountInvites.Entry.ofVouched(),
        actor,
        null);
  }

  private static NewAccount withoutEmail(NewAccount wish) {
    return new NewAccount(
        wish.id(),
        wish.username(),
        wish.usernameKey(),
        wish.displayName(),
        wish.displayKey(),
        null,
        null,
        null,
        AccountInvites.Entry.ofVouched(),
        wish.actor(),
        null);
  }
}

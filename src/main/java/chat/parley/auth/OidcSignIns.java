package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.AccountInvites;
import chat.parley.model.Accounts.NewAccount;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Ids;
import chat.parley.model.Oidc;
import chat.parley.model.RegistrationMode;
import chat.parley.model.SiteSession;
import chat.parley.model.User;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whom a provider of OpenID Connect vouches for, or adds that identity to the account of
 * who asks. An account is found by issuer and subject alone: an e-mail address proves nothing.
 */
final class OidcSignIns {
  private static final Logger LOG = LoggerFactory.getLogger(OidcSignIns.class);

  private final Bus bus;
  private final Provider provider;
  private final Seal seal;
  private final Entrances entrances;
  private final Refusals refusals;
  private final Confirmations confirmations;
  private final RegistrationMode registration;
  private final Clock clock;

  OidcSignIns(
      Bus bus,
      Provider provider,
      Seal seal,
      Entrances entrances,
      Confirmations confirmations,
      AuthVerticle.Options options) {
    this.bus = bus;
    this.refusals = new Refusals(bus);
    this.provider = provider;
    this.seal = seal;
    this.entrances = entrances;
    this.confirmations = confirmations;
    this.registration = options.registration();
    this.clock = options.clock();
  }

  /** Fails with CONFIRM_FIRST when an identity is to be added without a fresh proof. */
  Future<Oidc.Begun> begin(Oidc.Begin ask) {
    Future<Void> allowed =
        ask.linking() == null
            ? Future.succeededFuture()
            : confirmations.requireFresh(ask.linking());
    return allowed.compose(fresh -> provider.config()).map(config -> begun(config, ask));
  }

  private Oidc.Begun begun(ProviderConfig config, Oidc.Begin ask) {
    SignInTrip trip =
        ask.linking() == null
            ? SignInTrip.begin(ask.redirectUri(), clock.instant(), null, null)
            : SignInTrip.begin(
                ask.redirectUri(),
                clock.instant(),
                ask.linking().userId(),
                ask.linking().sessionId());
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", provider.options().clientId());
    query.put("redirect_uri", trip.redirectUri());
    query.put("scope", String.join(" ", provider.options().scopes()));
    query.put("state", trip.state());
    query.put("nonce", trip.nonce());
    query.put("code_challenge", trip.challenge());
    query.put("code_challenge_method", "S256");
    String separator = config.authorization().indexOf('?') < 0 ? "?" : "&";
    return new Oidc.Begun(
        config.authorization() + separator + Provider.encoded(query), trip.sealed(seal));
  }

  /**
   * A session; empty when an identity was added instead. Fails with LINK_INVALID for what was not
   * begun here within ten minutes, BAD_CREDENTIALS when the provider does not vouch, FORBIDDEN for
   * a disabled account, CONFLICT for an identity of another account, REGISTRATION_CLOSED,
   * UNAVAILABLE.
   */
  Future<Optional<SiteSession>> finish(Oidc.Finish ask) {
    SignInTrip trip =
        SignInTrip.open(seal, ask.cookie(), ask.state(), clock.instant())
            .orElseThrow(Problem.LINK_INVALID::failure);
    return refusals.noted(
        provider
            .config()
            .compose(config -> claims(config, trip, ask))
            .compose(claims -> finish(trip, claims, ask)),
        Act.LOGIN_FAILED,
        ask.device().stranger(ask.requestId()),
        trip.linkTo(),
        "provider");
  }

  private Future<Map<?, ?>> claims(ProviderConfig config, SignInTrip trip, Oidc.Finish ask) {
    if (ask.issuer() != null && !ask.issuer().equals(config.issuer())) {
      return Future.failedFuture(refused("the browser comes from another issuer"));
    }
    return provider
        .redeem(config, ask.code(), trip.redirectUri(), trip.verifier())
        .compose(tokens -> believed(config, trip, tokens))
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof IllegalArgumentException wrong
                        ? refused(wrong.getMessage())
                        : cause));
  }

  private Future<Map<?, ?>> believed(ProviderConfig config, SignInTrip trip, Map<?, ?> tokens) {
    IdToken token = IdToken.read(tokens.get("id_token"));
    return provider
        .keys(config, token.keyId())
        .map(
            keys -> {
              token.requireSigned(config, keys);
              return token.claims(
                  config.issuer(), provider.options().clientId(), trip.nonce(), clock.instant());
            });
  }

  private static Failure refused(String why) {
    LOG.warn("A sign-in was refused: {}", why);
    return Problem.BAD_CREDENTIALS.failure();
  }

  private Future<Optional<SiteSession>> finish(SignInTrip trip, Map<?, ?> claims, Oidc.Finish ask) {
    Oidc.Subject subject = subject(claims);
    return trip.linkTo() == null
        ? enter(subject, claims, ask.device().stranger(ask.requestId()))
            .compose(
                user ->
                    entrances.site(
                        new Proved(user, null, "provider"), ask.device(), ask.requestId()))
            .map(Optional::of)
        : link(trip, subject, ask.device().stranger(ask.requestId()))
            .map(linked -> Optional.empty());
  }

  private static Oidc.Subject subject(Map<?, ?> claims) {
    String shown = first(claims, "email", "preferred_username", "name");
    return new Oidc.Subject((String) claims.get("iss"), (String) claims.get("sub"), shown);
  }

  /** The session that wished it must still be there. */
  private Future<Void> link(SignInTrip trip, Oidc.Subject subject, Actor actor) {
    return bus.ask(Addresses.SESSIONS_GET, trip.linkSession())
        .compose(
            session -> {
              if (session.isEmpty() || !session.get().user().id().equals(trip.linkTo())) {
                throw Problem.UNAUTHENTICATED.failure();
              }
              return bus.ask(
                  Addresses.IDENTITIES_LINK, new Oidc.Link(actor.as(trip.linkTo()), subject));
            });
  }

  private Future<User> enter(Oidc.Subject subject, Map<?, ?> claims, Actor actor) {
    boolean verified = Boolean.TRUE.equals(claims.get("email_verified"));
    String email = verified ? first(claims, "email") : null;
    List<Names> names =
        PlatformNames.of(
            Arrays.asList(first(claims, "preferred_username"), first(claims, "email")),
            first(claims, "name"),
            email);
    return enter(subject, names, email != null, actor);
  }

  /** Names are tried until one is free; an address that somebody else has is left out. */
  private Future<User> enter(
      Oidc.Subject subject, List<Names> names, boolean withEmail, Actor actor) {
    NewAccount wish = account(names.get(0), withEmail, actor);
    return bus.ask(Addresses.IDENTITIES_ENTER, new Oidc.Enter(subject, wish))
        .recover(
            cause -> {
              boolean email = withEmail && isTaken(cause, "/email");
              boolean another = isTaken(cause, "/username") && names.size() > 1;
              if (!email && !another) {
                return Future.failedFuture(cause);
              }
              List<Names> left = another ? names.subList(1, names.size()) : names;
              return enter(subject, left, withEmail && !email, actor);
            });
  }

  private NewAccount account(Names names, boolean withEmail, Actor actor) {
    return new NewAccount(
        Ids.next(),
        names.username(),
        names.usernameKey(),
        names.displayName(),
        names.displayKey(),
        withEmail ? names.email() : null,
        withEmail ? names.emailKey() : null,
        null,
        AccountInvites.Entry.by(registration),
        actor,
        null);
  }

  private static boolean isTaken(Throwable cause, String pointer) {
    return cause instanceof Failure failure
        && failure.problem() == Problem.NAME_TAKEN
        && failure.fields().stream().anyMatch(field -> field.pointer().equals(pointer));
  }

  /** The first of these claims that says something; null when none does. */
  private static String first(Map<?, ?> claims, String... names) {
    return Arrays.stream(names)
        .map(claims::get)
        .filter(value -> value instanceof String text && !text.isBlank() && text.length() <= 254)
        .map(String.class::cast)
        .findFirst()
        .orElse(null);
  }
}

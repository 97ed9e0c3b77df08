package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.Identity;
import chat.parley.model.Limit;
import chat.parley.model.Oidc;
import chat.parley.model.Page;
import chat.parley.model.SiteSession;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * Signing in by a provider of OpenID Connect. These are the two addresses that a browser goes to by
 * itself, so they answer with a way on and never with a problem: to our own page and nowhere else.
 */
final class OidcRoutes implements Routes {
  private static final String CALLBACK = "/session/oidc/callback";

  private final Bus bus;
  private final Limits limits;
  private final Doorman doorman;
  private final SiteCookie cookie;
  private final TripCookie trip;
  private final HttpDoor.Options options;

  OidcRoutes(Bus bus, Limits limits, Doorman doorman, SiteCookie cookie, HttpDoor.Options options) {
    this.bus = bus;
    this.limits = limits;
    this.doorman = doorman;
    this.cookie = cookie;
    this.trip = new TripCookie(options);
    this.options = options;
  }

  @Override
  public void addTo(Api api) {
    api.on("getSignInMethods", call -> bus.ask(Addresses.AUTH_METHODS, null).map(Answer::ok))
        .on("beginOidc", this::begin)
        .on("finishOidc", this::finish)
        .on(
            "listIdentities",
            call ->
                bus.ask(Addresses.IDENTITIES_LIST, call.me())
                    .map(all -> Answer.ok(new Page<Identity, String>(all, null))))
        .on("removeIdentity", this::remove);
  }

  private Future<Answer> begin(Call call) {
    return Future.succeededFuture()
        .compose(
            ready -> {
              doorman.requireOwnPage(call.request());
              return call.text("link") == null
                  ? Future.succeededFuture()
                  : whoLinks(call.request());
            })
        .compose(
            who ->
                bus.ask(Addresses.AUTH_OIDC_BEGIN, new Oidc.Begin(callback(call.request()), who)))
        .map(begun -> onward(call, begun.location(), trip.set(begun.cookie())))
        .recover(cause -> Future.succeededFuture(failed(call, cause)));
  }

  /** Only our own page adds an identity to who is signed in there; no link from elsewhere does. */
  private Future<Caller> whoLinks(HttpServerRequest request) {
    boolean ours = "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    return ours && doorman.hasCookie(request)
        ? doorman.admit(request)
        : Future.failedFuture(
            ours ? Problem.UNAUTHENTICATED.failure() : Problem.CROSS_SITE.failure());
  }

  private Future<Answer> finish(Call call) {
    if (call.text("error") != null) {
      boolean denied = call.text("error").equals("access_denied");
      return Future.succeededFuture(
          onward(call, failure(denied ? "access-denied" : "provider-refused")));
    }
    return Future.succeededFuture()
        .compose(ready -> proved(call))
        .map(session -> arrived(call, session))
        .recover(cause -> Future.succeededFuture(failed(call, cause, trip.cleared())));
  }

  /** Guessing costs what it costs at the sign-in. */
  private Future<Optional<SiteSession>> proved(Call call) {
    if (call.text("state") == null || call.text("code") == null) {
      throw Problem.LINK_INVALID.failure();
    }
    Oidc.Finish ask =
        new Oidc.Finish(
            trip.in(call.request()),
            call.text("state"),
            call.text("code"),
            call.text("iss"),
            call.device(),
            call.requestId());
    return limits.guess(
        Limit.LOGINS_BY_ADDRESS,
        ClientAddress.limitKey(call.address()),
        call.request().response(),
        () -> bus.ask(Addresses.AUTH_OIDC_FINISH, ask));
  }

  private Answer arrived(Call call, Optional<SiteSession> session) {
    return session
        .map(opened -> onward(call, page(""), trip.cleared(), cookie.set(opened)))
        .orElseGet(() -> onward(call, page(""), trip.cleared()));
  }

  private Answer failed(Call call, Throwable cause, String... cookies) {
    return onward(call, failure(slug(cause)), cookies);
  }

  private String failure(String slug) {
    return page("#/sign-in-failed/" + slug);
  }

  private String page(String place) {
    return options.basePath() + "/" + place;
  }

  /** Words of the page for why it came to nothing. */
  private static String slug(Throwable cause) {
    Problem problem = cause instanceof Failure known ? known.problem() : Problem.INTERNAL;
    return switch (problem) {
      case LINK_INVALID -> "sign-in-expired";
      case BAD_CREDENTIALS -> "provider-refused";
      case FORBIDDEN -> "account-disabled";
      case CONFLICT -> "identity-taken";
      default -> problem.slug();
    };
  }

  private static Answer onward(Call call, String location, String... cookies) {
    call.request()
        .response()
        .putHeader(HttpHeaderNames.LOCATION, location)
        .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(HttpHeaderNames.SET_COOKIE, List.of(cookies));
    return Answer.found();
  }

  /** As it is registered with the provider, which refuses any other. */
  private String callback(HttpServerRequest request) {
    return options.site(request) + Contract.PREFIX + CALLBACK;
  }

  private Future<Answer> remove(Call call) {
    limits.spend(Limit.SECURITY_BY_USER, call.me().toString(), call.request().response());
    Oidc.Remove wish = new Oidc.Remove(call.caller(), call.id("identityId"), call.requestId());
    return bus.ask(Addresses.AUTH_IDENTITY_REMOVE, wish).map(removed -> Answer.noContent());
  }
}

package chat.parley.http;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Applications;
import chat.parley.model.Limit;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Signing in by the word of a platform: for programs, and for the site. */
final class ExchangeRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;
  private final SiteCookie cookie;
  private final Origins origins;

  ExchangeRoutes(Bus bus, Limits limits, SiteCookie cookie, Origins origins) {
    this.bus = bus;
    this.limits = limits;
    this.cookie = cookie;
    this.origins = origins;
  }

  @Override
  public void addTo(Api api) {
    api.on("exchange", call -> letIn(Addresses.AUTH_EXCHANGE, call).map(Answer::ok))
        .on(
            "exchangeForSession",
            call ->
                letIn(Addresses.AUTH_SITE_EXCHANGE, call)
                    .map(session -> Answer.ok(session).with(cookie.set(session))));
  }

  private <T> Future<T> letIn(Address<Applications.Exchange, T> address, Call call) {
    Applications.Exchange ask =
        new Applications.Exchange(
            call.body(ExchangeBody.class).token(),
            foreignOrigin(call.request()),
            call.device(),
            call.requestId());
    return limits.guess(
        Limit.EXCHANGES_BY_ADDRESS,
        ClientAddress.limitKey(call.address()),
        call.request().response(),
        () -> bus.ask(address, ask));
  }

  /** Whose page asks, when it is not ours; the application must list it. */
  private String foreignOrigin(HttpServerRequest request) {
    if (origins.isFromHere(request)) {
      return null;
    }
    String origin = request.getHeader(HttpHeaderNames.ORIGIN);
    if (origin == null) {
      throw Problem.CROSS_SITE.failure();
    }
    return origin;
  }

  private record ExchangeBody(String token) {
    @Override
    public String toString() {
      return "ExchangeBody[…]";
    }
  }
}

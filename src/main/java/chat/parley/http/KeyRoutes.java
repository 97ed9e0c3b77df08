package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.ApiKey;
import chat.parley.model.ApiKeys;
import chat.parley.model.Limit;
import chat.parley.model.NewApiKey;
import chat.parley.model.Page;
import io.vertx.core.Future;

/** Keys for programs, made by their owners. */
final class KeyRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  KeyRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "listKeys",
            call ->
                bus.ask(Addresses.KEYS_LIST, call.me())
                    .map(keys -> Answer.ok(new Page<ApiKey, String>(keys, null))))
        .on("makeKey", this::make)
        .on(
            "revokeKey",
            call ->
                bus.ask(
                        Addresses.AUTH_KEY_REVOKE,
                        new ApiKeys.Revoke(call.actor(), call.id("keyId")))
                    .map(revoked -> Answer.noContent()));
  }

  private Future<Answer> make(Call call) {
    limits.spend(Limit.KEYS_BY_USER, call.me().toString(), call.request().response());
    ApiKeys.Make ask =
        new ApiKeys.Make(
            call.caller(), call.body(NewApiKey.class), call.device(), call.requestId());
    return bus.ask(Addresses.AUTH_KEY_MAKE, ask).map(Answer::created);
  }
}

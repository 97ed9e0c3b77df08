package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.AccountInvites;
import chat.parley.model.Limit;
import chat.parley.model.RegistrationMode;
import io.vertx.core.Future;

/** Who may make an account, and links that let people make one. */
final class AccountInviteRoutes implements Routes {
  /** Behind the {@code #}: browsers tell it to no server and to no other page. */
  private static final String PLACE = "/#/invite/";

  private final Bus bus;
  private final Limits limits;
  private final HttpDoor.Options options;

  AccountInviteRoutes(Bus bus, Limits limits, HttpDoor.Options options) {
    this.bus = bus;
    this.limits = limits;
    this.options = options;
  }

  private record Mode(RegistrationMode mode) {}

  @Override
  public void addTo(Api api) {
    api.on("getRegistration", call -> bus.ask(Addresses.AUTH_REGISTRATION, null).map(Answer::ok))
        .on("changeRegistration", this::change)
        .on(
            "listAccountInvites",
            call ->
                bus.ask(
                        Addresses.ACCOUNT_INVITES_LIST,
                        new AccountInvites.ListOf(call.id("before"), call.limit()))
                    .map(Answer::ok))
        .on("makeAccountInvite", this::make)
        .on(
            "revokeAccountInvite",
            call ->
                bus.ask(
                        Addresses.AUTH_ACCOUNT_INVITE_REVOKE,
                        new AccountInvites.Revoke(
                            call.caller(), call.id("inviteId"), call.requestId()))
                    .map(revoked -> Answer.noContent()))
        .on("getAccountInvite", this::look);
  }

  private Future<Answer> change(Call call) {
    AccountInvites.SetMode wish =
        new AccountInvites.SetMode(call.caller(), call.body(Mode.class).mode(), call.requestId());
    return bus.ask(Addresses.AUTH_REGISTRATION_CHANGE, wish).map(Answer::ok);
  }

  private Future<Answer> make(Call call) {
    AccountInvites.Make ask =
        new AccountInvites.Make(
            call.caller(),
            call.body(AccountInvites.Wish.class),
            options.site(call.request()) + PLACE,
            call.requestId());
    return bus.ask(Addresses.AUTH_ACCOUNT_INVITE_MAKE, ask).map(Answer::created);
  }

  /** Only links that are not good cost. */
  private Future<Answer> look(Call call) {
    return limits
        .guess(
            Limit.LINKS_BY_ADDRESS,
            ClientAddress.limitKey(call.address()),
            call.request().response(),
            () -> bus.ask(Addresses.AUTH_ACCOUNT_INVITE_LOOK, call.text("token")))
        .map(Answer::ok);
  }
}

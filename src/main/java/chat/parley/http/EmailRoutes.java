package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Limit;
import chat.parley.model.Recovery;
import io.vertx.core.Future;

/** The address of an account, and the proof that it is one's own. */
final class EmailRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  EmailRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("changeEmail", this::change)
        .on("confirmEmail", this::confirm)
        .on("sendEmailVerification", this::sendAgain);
  }

  /** Guessing the present password costs what it costs at the sign-in. */
  private Future<Answer> change(Call call) {
    ChangeBody body = call.body(ChangeBody.class);
    spendLetter(call);
    Recovery.ChangeEmail ask =
        new Recovery.ChangeEmail(call.caller(), body.current(), body.email(), call.requestId());
    return limits
        .signIn(
            call.address(),
            call.caller().user().username(),
            call.request().response(),
            () -> bus.ask(Addresses.AUTH_EMAIL, ask))
        .map(taken -> Answer.accepted());
  }

  private Future<Answer> confirm(Call call) {
    Recovery.ConfirmEmail ask =
        new Recovery.ConfirmEmail(call.body(ConfirmBody.class).token(), call.actor());
    return limits
        .guess(
            Limit.LINKS_BY_ADDRESS,
            ClientAddress.limitKey(call.address()),
            call.request().response(),
            () -> bus.ask(Addresses.AUTH_CONFIRM_EMAIL, ask))
        .map(proved -> Answer.noContent());
  }

  private Future<Answer> sendAgain(Call call) {
    spendLetter(call);
    return bus.ask(
            Addresses.AUTH_VERIFY_EMAIL, new Recovery.VerifyEmail(call.caller(), call.requestId()))
        .map(taken -> Answer.accepted());
  }

  private void spendLetter(Call call) {
    limits.spend(Limit.LETTERS_BY_USER, call.me().toString(), call.request().response());
  }

  private record ChangeBody(String current, String email) {}

  private record ConfirmBody(String token) {}
}

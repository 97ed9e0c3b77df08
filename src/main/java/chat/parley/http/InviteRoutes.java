package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Invite;
import chat.parley.model.Invites;
import chat.parley.model.Limit;
import chat.parley.model.Page;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Links that let people into a room. */
final class InviteRoutes implements Routes {
  /** Behind the {@code #}: browsers tell it to no server and to no other page. */
  private static final String PLACE = "/#/join/";

  private final Bus bus;
  private final Limits limits;
  private final HttpDoor.Options options;

  InviteRoutes(Bus bus, Limits limits, HttpDoor.Options options) {
    this.bus = bus;
    this.limits = limits;
    this.options = options;
  }

  @Override
  public void addTo(Api api) {
    api.on("makeInvite", this::make)
        .on(
            "listInvites",
            call ->
                bus.ask(Addresses.INVITES_LIST, new Invites.ListOf(call.me(), call.id("roomId")))
                    .map(all -> Answer.ok(new Page<Invite, String>(all, null))))
        .on(
            "revokeInvite",
            call ->
                bus.ask(
                        Addresses.INVITES_REVOKE,
                        new Invites.Revoke(call.actor(), call.id("roomId"), call.id("inviteId")))
                    .map(revoked -> Answer.noContent()))
        .on(
            "getInvite",
            call ->
                guess(
                    call,
                    () ->
                        bus.ask(
                            Addresses.AUTH_INVITE_LOOK,
                            new Invites.Look(call.me(), call.text("token")))))
        .on(
            "acceptInvite",
            call ->
                guess(
                    call,
                    () ->
                        bus.ask(
                            Addresses.AUTH_INVITE_ACCEPT,
                            new Invites.Accept(call.actor(), call.text("token")))));
  }

  private Future<Answer> make(Call call) {
    String place = options.site(call.request()) + PLACE;
    Invites.Make ask =
        new Invites.Make(call.actor(), call.id("roomId"), call.body(Invites.Wish.class));
    return bus.ask(Addresses.AUTH_INVITE_MAKE, ask)
        .map(made -> Answer.created(made.leadingTo(place)));
  }

  /** Only links that are not good cost. */
  private Future<Answer> guess(Call call, Supplier<Future<?>> attempt) {
    return limits.guess(
        Limit.INVITATIONS_BY_USER,
        call.me().toString(),
        call.request().response(),
        () -> attempt.get().map(Answer::ok));
  }
}

package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Avatars;
import chat.parley.model.Limit;
import chat.parley.model.ProfileChange;
import io.vertx.core.Future;

/** What one says of oneself, how one looks, taking one's data along, and going for good. */
final class ProfileRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  ProfileRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("changeMe", this::change)
        .on("deleteMe", this::delete)
        .on("exportMe", this::export)
        .on(
            "putAvatar",
            call ->
                bus.ask(Addresses.AVATARS_UPLOAD, new Avatars.Upload(call.actor(), call.bytes()))
                    .map(Answer::ok))
        .on("deleteAvatar", this::deleteAvatar)
        .on("getAvatar", this::avatar);
  }

  private Future<Answer> change(Call call) {
    spend(Limit.PROFILE_BY_USER, call);
    return bus.ask(
            Addresses.AUTH_PROFILE,
            new Accounts.ChangeProfile(
                call.caller(), call.body(ProfileChange.class), call.requestId()))
        .map(Answer::ok);
  }

  private Future<Answer> delete(Call call) {
    spend(Limit.PROFILE_BY_USER, call);
    boolean remove = call.text("messages").equals("remove");
    return bus.ask(
            Addresses.AUTH_DEPART, new Accounts.Depart(call.caller(), remove, call.requestId()))
        .map(gone -> Answer.noContent());
  }

  private Future<Answer> deleteAvatar(Call call) {
    spend(Limit.PROFILE_BY_USER, call);
    return bus.ask(Addresses.AVATARS_REMOVE, call.actor()).map(Answer::ok);
  }

  private Future<Answer> avatar(Call call) {
    return bus.ask(Addresses.AVATARS_GET, new Avatars.Get(call.id("userId"), call.text("v")))
        .map(picture -> PictureAnswer.to(call, picture));
  }

  private Future<Answer> export(Call call) {
    return bus.ask(Addresses.AUTH_CONFIRMED, call.caller())
        .compose(fresh -> begin(call))
        .map(Answer::ok);
  }

  private Future<Answer.Content> begin(Call call) {
    spend(Limit.EXPORTS_BY_USER, call);
    Runnable seat = limits.exports.take();
    return bus.ask(Addresses.USERS_DATA, call.actor())
        .<Answer.Content>map(data -> response -> new Export(bus, data, response).write(seat))
        .onFailure(refused -> seat.run());
  }

  private void spend(Limit limit, Call call) {
    limits.spend(limit, call.me().toString(), call.request().response());
  }
}

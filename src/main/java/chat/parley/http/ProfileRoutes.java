package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Avatars;
import chat.parley.model.Limit;
import chat.parley.model.ProfileChange;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** What one says of oneself, how one looks, taking one's data along, and going for good. */
final class ProfileRoutes implements Routes {
  /** The address changes with the picture, so this one never does. */
  private static final String FOR_EVER = "private, max-age=31536000, immutable";

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
    String meant = call.text("v");
    return bus.ask(Addresses.AVATARS_GET, new Avatars.Get(call.id("userId"), meant))
        .map(picture -> seen(call, picture) ? unchanged(call, picture) : picture(meant, picture));
  }

  private static boolean seen(Call call, Avatars.Picture picture) {
    return tag(picture).equals(call.request().getHeader(HttpHeaderNames.IF_NONE_MATCH));
  }

  private static Answer unchanged(Call call, Avatars.Picture picture) {
    call.request().response().putHeader(HttpHeaderNames.ETAG, tag(picture));
    return new Answer(304, null, null);
  }

  private static Answer picture(String meant, Avatars.Picture picture) {
    Answer.Content content = response -> write(response, meant, picture);
    return Answer.ok(content);
  }

  private static Future<Void> write(
      HttpServerResponse response, String meant, Avatars.Picture picture) {
    boolean named = picture.hash().equals(meant);
    return response
        .putHeader(HttpHeaderNames.CONTENT_TYPE, picture.type())
        .putHeader(HttpHeaderNames.ETAG, tag(picture))
        .putHeader(HttpHeaderNames.CACHE_CONTROL, named ? FOR_EVER : "private, no-cache")
        .end(Buffer.buffer(picture.bytes()));
  }

  private static String tag(Avatars.Picture picture) {
    return "\"" + picture.hash() + "\"";
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

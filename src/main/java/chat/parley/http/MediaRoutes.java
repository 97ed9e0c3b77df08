package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Limit;
import chat.parley.model.Media;
import io.vertx.core.Future;
import java.util.UUID;

/** Files: sent, asked for, linked to, forgotten. */
final class MediaRoutes implements Routes {
  /** For how long an address needs no credentials. */
  private static final int LINK_SECONDS = 300;

  private final Bus bus;
  private final Limits limits;
  private final FileAnswer answers;

  MediaRoutes(Bus bus, Limits limits, FileAnswer answers) {
    this.bus = bus;
    this.limits = limits;
    this.answers = answers;
  }

  private record Address(String url, String thumbnailUrl, int expiresIn) {}

  @Override
  public void addTo(Api api) {
    api.on("uploadMedia", this::upload)
        .on("getMedia", call -> file(call, call.me(), false))
        .on("headMedia", call -> file(call, call.me(), false))
        .on("getThumbnail", call -> file(call, call.me(), true))
        .on("linkMedia", this::link)
        .on("getLinkedMedia", this::linked)
        .on(
            "deleteMedia",
            call ->
                bus.ask(Addresses.MEDIA_REMOVE, new Media.Remove(call.actor(), call.id("mediaId")))
                    .map(gone -> Answer.noContent()));
  }

  private Future<Answer> upload(Call call) {
    limits.spend(Limit.FILES_BY_USER, call.me().toString(), call.request().response());
    Runnable leave = limits.takeForFile(call.me());
    return new Intake(bus, call).take().<Answer>map(Answer::created).onComplete(d -> leave.run());
  }

  private Future<Answer> file(Call call, UUID reader, boolean small) {
    return bus.ask(Addresses.MEDIA_OPEN, new Media.Get(reader, call.id("mediaId"), small))
        .map(content -> answers.to(call, content));
  }

  private Future<Answer> link(Call call) {
    UUID id = call.id("mediaId");
    return bus.ask(Addresses.MEDIA_FIND, new Media.Get(call.me(), id, false))
        .compose(
            file ->
                bus.ask(Addresses.AUTH_MEDIA_LINK, new Media.Link(call.me(), id))
                    .map(token -> Answer.ok(address(file, token))));
  }

  private static Address address(Media.Stored file, String token) {
    String url = Contract.PREFIX + "/media/" + file.shown().id() + "/linked?token=" + token;
    return new Address(url, file.small() == null ? null : url + "&thumbnail=true", LINK_SECONDS);
  }

  /** The pages that need it are of another origin. */
  private Future<Answer> linked(Call call) {
    call.request().response().putHeader("cross-origin-resource-policy", "cross-origin");
    boolean small = call.text("thumbnail") != null;
    return bus.ask(
            Addresses.AUTH_MEDIA_LOOK, new Media.Shown(call.id("mediaId"), call.text("token")))
        .compose(reader -> file(call, reader, small));
  }
}

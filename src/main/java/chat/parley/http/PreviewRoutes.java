package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Previews;

/** What links lead to is shown without being asked for; here it is taken away. */
final class PreviewRoutes implements Routes {
  private final Bus bus;

  PreviewRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
        "removePreview",
        call ->
            bus.ask(
                    Addresses.PREVIEWS_REMOVE,
                    new Previews.Remove(call.actor(), call.id("roomId"), call.number("seq")))
                .map(Answer::ok));
  }
}

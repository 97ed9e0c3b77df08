package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Mentions;

/** What calls me, wherever it was said. */
final class MentionRoutes implements Routes {
  private final Bus bus;

  MentionRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
        "listMentions",
        call ->
            bus.ask(
                    Addresses.MENTIONS_LIST,
                    new Mentions.Inbox(call.me(), call.text("before"), call.limit()))
                .map(Answer::ok));
  }
}

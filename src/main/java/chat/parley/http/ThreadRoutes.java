package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Messages;
import io.vertx.core.Future;

/** What is said in the thread of a message; saying it is posting, with {@code threadOf}. */
final class ThreadRoutes implements Routes {
  private final Bus bus;

  ThreadRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on("listThread", this::list);
  }

  private Future<Answer> list(Call call) {
    return bus.ask(
            Addresses.MESSAGES_THREAD,
            new Messages.ReadThread(call.number("seq"), MessageRoutes.page(call)))
        .map(Answer::ok);
  }
}

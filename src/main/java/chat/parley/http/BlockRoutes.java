package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Blocks;
import chat.parley.model.Page;
import chat.parley.model.Person;
import chat.parley.model.Privacy;
import io.vertx.core.Future;

/** Whom a person wants to hear nothing from, and who may write to them. */
final class BlockRoutes implements Routes {
  private final Bus bus;

  BlockRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "listBlocks",
            call ->
                bus.ask(Addresses.BLOCKS_LIST, call.me())
                    .map(all -> Answer.ok(new Page<Person, String>(all, null))))
        .on("blockUser", call -> put(call, true))
        .on("unblockUser", call -> put(call, false))
        .on("getPrivacy", call -> bus.ask(Addresses.PRIVACY_GET, call.me()).map(Answer::ok))
        .on(
            "changePrivacy",
            call ->
                bus.ask(
                        Addresses.PRIVACY_CHANGE,
                        new Privacy.Change(call.actor(), call.body(Privacy.class)))
                    .map(Answer::ok));
  }

  private Future<Answer> put(Call call, boolean blocked) {
    return bus.ask(Addresses.BLOCKS_PUT, new Blocks.Put(call.actor(), call.id("userId"), blocked))
        .map(done -> Answer.noContent());
  }
}

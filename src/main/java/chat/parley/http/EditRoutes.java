package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.EditedText;
import chat.parley.model.Edits;
import chat.parley.model.Limit;
import chat.parley.model.MessageText;
import io.vertx.core.Future;

/** What was said is changed or taken back. */
final class EditRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  EditRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("editMessage", this::edit)
        .on(
            "deleteMessage",
            call ->
                bus.ask(
                        Addresses.MESSAGES_DELETE,
                        new Edits.Delete(call.actor(), call.id("roomId"), call.number("seq")))
                    .map(Answer::ok))
        .on(
            "listVersions",
            call ->
                bus.ask(
                        Addresses.MESSAGES_VERSIONS,
                        new Edits.ListVersions(call.me(), call.id("roomId"), call.number("seq")))
                    .map(Answer::ok));
  }

  private Future<Answer> edit(Call call) {
    limits.spend(Limit.MESSAGES_BY_USER, call.me().toString(), call.request().response());
    String text = call.body(EditedText.class).text();
    String wrong = MessageText.objection(text);
    if (wrong != null) {
      throw Problem.INVALID.at("/text", wrong);
    }
    return bus.ask(
            Addresses.MESSAGES_EDIT,
            new Edits.Edit(call.actor(), call.id("roomId"), call.number("seq"), text))
        .map(Answer::ok);
  }
}

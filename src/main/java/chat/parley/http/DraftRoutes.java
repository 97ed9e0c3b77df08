package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Drafts;
import chat.parley.model.MessageText;
import io.vertx.core.Future;

/** What somebody has begun to write. */
final class DraftRoutes implements Routes {
  private final Bus bus;

  DraftRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on("putDraft", this::put)
        .on(
            "deleteDraft",
            call ->
                bus.ask(Addresses.DRAFTS_REMOVE, new Drafts.Remove(call.actor(), call.id("roomId")))
                    .map(gone -> Answer.noContent()))
        .on(
            "listDrafts",
            call ->
                bus.ask(
                        Addresses.DRAFTS_LIST,
                        new Drafts.ListMine(call.me(), call.id("after"), call.limit()))
                    .map(Answer::ok));
  }

  private Future<Answer> put(Call call) {
    DraftBody draft = call.body(DraftBody.class);
    String objection = MessageText.objection(draft.text());
    if (objection != null) {
      throw Problem.INVALID.at("/text", objection);
    }
    return bus.ask(
            Addresses.DRAFTS_PUT,
            new Drafts.Put(call.actor(), call.id("roomId"), draft.text(), draft.replyTo()))
        .map(Answer::ok);
  }

  private record DraftBody(String text, Long replyTo) {}
}

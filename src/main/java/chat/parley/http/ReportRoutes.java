package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Limit;
import chat.parley.model.MessageText;
import chat.parley.model.Reports;
import io.vertx.core.Future;

/** Messages that administrators are to look at. */
final class ReportRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  ReportRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("reportMessage", this::report);
  }

  private Future<Answer> report(Call call) {
    limits.spend(Limit.REPORTS_BY_USER, call.me().toString(), call.request().response());
    Reports.Wish wish = call.body(Reports.Wish.class);
    String note = wish.note() == null || wish.note().isBlank() ? null : wish.note().strip();
    requireNote(note);
    return bus.ask(
            Addresses.REPORTS_FILE,
            new Reports.File(
                call.actor(),
                call.id("roomId"),
                call.number("seq"),
                new Reports.Wish(wish.reason(), note)))
        .map(filed -> filed.fresh() ? Answer.created(filed.report()) : Answer.ok(filed.report()));
  }

  private static void requireNote(String note) {
    if (note != null && note.codePointCount(0, note.length()) > Reports.MAX_NOTE) {
      throw Problem.INVALID.at("/note", "at most " + Reports.MAX_NOTE + " characters");
    }
    if (note != null && !MessageText.isStorable(note)) {
      throw Problem.INVALID.at("/note", "contains a character that is none");
    }
  }
}

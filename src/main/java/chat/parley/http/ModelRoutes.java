package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.model.Page;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of every model, for administrators. */
final class ModelRoutes implements Routes {
  /** What refuses one row would refuse the next: it is told once. */
  private static final Set<Problem> OF_THE_CALLER =
      Set.of(
          Problem.UNAUTHENTICATED,
          Problem.CONFIRM_FIRST,
          Problem.SCOPE_MISSING,
          Problem.UNAVAILABLE,
          Problem.INTERNAL);

  private final Bus bus;
  private final Limits limits;

  ModelRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "listModels",
            call ->
                bus.ask(Addresses.ADMIN_MODELS, null)
                    .map(all -> Answer.ok(new Page<Admin.Model, String>(all, null))))
        .on("listRows", call -> bus.ask(Addresses.ADMIN_LIST, list(call)).map(Answer::ok))
        .on("getRow", call -> row(call, call.text("id")).map(Answer::ok))
        .on("createRow", this::create)
        .on("changeRow", this::change)
        .on("deleteRow", this::delete)
        .on("actOnRows", this::act)
        .on("exportRows", this::export);
  }

  private static Admin.ListRows list(Call call) {
    return new Admin.ListRows(
        call.actor(),
        call.text("model"),
        call.text("q"),
        call.text("sort"),
        call.texts("filter"),
        call.text("after"),
        call.limit(),
        Admin.Purpose.LOOK);
  }

  private Future<Admin.Item> row(Call call, String id) {
    return bus.ask(Addresses.ADMIN_GET, new Admin.GetRow(call.actor(), call.text("model"), id));
  }

  private Future<Answer> create(Call call) {
    return model(call)
        .map(model -> ModelFields.whole(call, model.create()))
        .compose(fields -> act(call, Admin.CREATE, null, fields))
        .compose(id -> row(call, id))
        .map(Answer::created);
  }

  private Future<Answer> change(Call call) {
    return model(call)
        .map(model -> ModelFields.some(call, model.edit()))
        .compose(fields -> act(call, Admin.EDIT, call.text("id"), fields))
        .compose(id -> row(call, id))
        .map(Answer::ok);
  }

  private Future<Answer> delete(Call call) {
    return act(call, Admin.DELETE, call.text("id"), Map.of()).map(gone -> Answer.noContent());
  }

  private Future<String> act(Call call, String action, String id, Map<String, Object> fields) {
    return bus.ask(
        Addresses.AUTH_ADMIN_ACT,
        new Admin.Act(call.caller(), call.text("model"), action, id, fields, call.requestId()));
  }

  /** Fails with NOT_FOUND. */
  private Future<Admin.Model> model(Call call) {
    return bus.ask(Addresses.ADMIN_MODELS, null)
        .map(
            all ->
                all.stream()
                    .filter(each -> each.name().equals(call.text("model")))
                    .findFirst()
                    .orElseThrow(Problem.NOT_FOUND::failure));
  }

  private Future<Answer> act(Call call) {
    Bulk wish = call.body(Bulk.class);
    return model(call)
        .map(model -> ModelFields.ofAction(model, wish.action(), wish.fields()))
        .compose(
            fields ->
                bus.ask(Addresses.AUTH_ADMINISTERS, call.caller())
                    .compose(
                        may ->
                            next(
                                call,
                                wish,
                                fields,
                                new Admin.ManyDone(new ArrayList<>(), new ArrayList<>()))))
        .map(Answer::ok);
  }

  private Future<Admin.ManyDone> next(
      Call call, Bulk wish, Map<String, Object> fields, Admin.ManyDone so) {
    int index = so.done().size() + so.failed().size();
    if (index == wish.ids().size()) {
      return Future.succeededFuture(so);
    }
    String id = wish.ids().get(index);
    return act(call, wish.action(), id, fields)
        .map(done -> so.done().add(id))
        .recover(
            cause ->
                cause instanceof Failure failure && !OF_THE_CALLER.contains(failure.problem())
                    ? Future.succeededFuture(so.failed().add(failed(id, failure)))
                    : Future.failedFuture(cause))
        .compose(settled -> next(call, wish, fields, so));
  }

  private static Admin.Failed failed(String id, Failure failure) {
    String detail =
        !failure.fields().isEmpty()
            ? failure.fields().get(0).pointer() + " " + failure.fields().get(0).detail()
            : failure.detail() == null ? failure.problem().title() : failure.detail();
    return new Admin.Failed(id, failure.problem().status(), detail);
  }

  private Future<Answer> export(Call call) {
    return bus.ask(Addresses.AUTH_ADMINISTERS, call.caller())
        .compose(may -> model(call))
        .compose(model -> begin(call, model))
        .map(Answer::ok);
  }

  /** What is wrong with the question is told in words, since the first page is read before. */
  private Future<Answer.Content> begin(Call call, Admin.Model model) {
    Runnable seat = limits.exports.take();
    CsvExport export = new CsvExport(bus, model, list(call));
    return export
        .first()
        .<Answer.Content>map(page -> response -> export.write(response, page, seat))
        .onFailure(refused -> seat.run());
  }

  private record Bulk(String action, List<String> ids, Map<String, Object> fields) {}
}

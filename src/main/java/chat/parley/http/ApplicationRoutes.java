package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Application;
import chat.parley.model.Applications;
import chat.parley.model.Limit;
import chat.parley.model.Page;
import io.vertx.core.Future;
import java.util.List;

/** Platforms that vouch for their people, kept by administrators. */
final class ApplicationRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  ApplicationRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "listApplications",
            call ->
                bus.ask(Addresses.APPLICATIONS_LIST, null)
                    .map(all -> Answer.ok(new Page<Application, String>(all, null))))
        .on(
            "getApplication",
            call -> bus.ask(Addresses.APPLICATIONS_GET, call.id("applicationId")).map(Answer::ok))
        .on("makeApplication", this::make)
        .on("changeApplication", this::change)
        .on("removeApplication", this::remove)
        .on("addApplicationKey", this::addKey)
        .on("removeApplicationKey", this::removeKey);
  }

  private Future<Answer> make(Call call) {
    ApplicationBody body = call.body(ApplicationBody.class);
    return bus.ask(
            Addresses.AUTH_APPLICATION_MAKE,
            new Applications.Make(call.caller(), body.name(), body.origins(), call.requestId()))
        .map(Answer::created);
  }

  private Future<Answer> change(Call call) {
    ApplicationBody body = call.body(ApplicationBody.class);
    Applications.Change ask =
        new Applications.Change(
            call.caller(),
            call.id("applicationId"),
            body.name(),
            body.origins(),
            body.disabled(),
            call.requestId());
    return bus.ask(Addresses.AUTH_APPLICATION_CHANGE, ask).map(Answer::ok);
  }

  private Future<Answer> remove(Call call) {
    return bus.ask(
            Addresses.AUTH_APPLICATION_REMOVE,
            new Applications.Remove(call.caller(), call.id("applicationId"), call.requestId()))
        .map(removed -> Answer.noContent());
  }

  private Future<Answer> addKey(Call call) {
    limits.spend(Limit.KEYS_BY_USER, call.me().toString(), call.request().response());
    Applications.AddKey ask =
        new Applications.AddKey(
            call.caller(),
            call.id("applicationId"),
            call.body(KeyBody.class).publicKey(),
            call.requestId());
    return bus.ask(Addresses.AUTH_APPLICATION_ADD_KEY, ask).map(Answer::created);
  }

  private Future<Answer> removeKey(Call call) {
    Applications.RemoveKey ask =
        new Applications.RemoveKey(
            call.caller(), call.id("applicationId"), call.id("keyId"), call.requestId());
    return bus.ask(Addresses.AUTH_APPLICATION_REMOVE_KEY, ask).map(removed -> Answer.noContent());
  }

  private record ApplicationBody(String name, List<String> origins, Boolean disabled) {}

  private record KeyBody(String publicKey) {}
}

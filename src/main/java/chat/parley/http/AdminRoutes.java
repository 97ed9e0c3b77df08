package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Role;
import io.vertx.core.Future;

/** What administrators do. */
final class AdminRoutes implements Routes {
  private final Bus bus;

  AdminRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on("changeUser", this::changeUser);
  }

  private Future<Answer> changeUser(Call call) {
    UserChange wish = call.body(UserChange.class);
    return bus.ask(
            Addresses.AUTH_CHANGE_USER,
            new Accounts.ChangeUser(
                call.caller(), call.id("userId"), wish.disabled, wish.role, call.requestId()))
        .map(Answer::ok);
  }

  private record UserChange(Boolean disabled, Role role) {}
}

package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Admin;
import chat.parley.model.Role;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

  /** What may fail for others' sake comes first, so that then nothing has changed. */
  private Future<Answer> changeUser(Call call) {
    UserChange wish = call.body(UserChange.class);
    Accounts.ChangeUser change =
        new Accounts.ChangeUser(
            call.caller(), call.id("userId"), wish.disabled, wish.role, call.requestId());
    return wish.names().isEmpty()
        ? bus.ask(Addresses.AUTH_CHANGE_USER, change).map(Answer::ok)
        : bus.ask(Addresses.AUTH_CHANGE_USER, change)
            .compose(changed -> bus.ask(Addresses.AUTH_ADMIN_ACT, rename(call, wish)))
            // Asked for no change, it tells how the account is now.
            .compose(renamed -> bus.ask(Addresses.AUTH_CHANGE_USER, nothing(call)))
            .map(Answer::ok);
  }

  private static Accounts.ChangeUser nothing(Call call) {
    return new Accounts.ChangeUser(call.caller(), call.id("userId"), null, null, call.requestId());
  }

  private static Admin.Act rename(Call call, UserChange wish) {
    return new Admin.Act(
        call.caller(), "users", Admin.EDIT, call.text("userId"), wish.names(), call.requestId());
  }

  private record UserChange(Boolean disabled, Role role, String displayName, String email) {
    Map<String, Object> names() {
      Map<String, Object> names = new HashMap<>();
      Optional.ofNullable(displayName).ifPresent(name -> names.put("displayName", name));
      Optional.ofNullable(email).ifPresent(address -> names.put("email", address));
      return names;
    }
  }
}

package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Page;
import chat.parley.model.User;
import chat.parley.model.Users;

/** People. */
final class UserRoutes implements Routes {
  private final Bus bus;

  UserRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "searchUsers",
            call ->
                bus.ask(
                        Addresses.USERS_SEARCH,
                        new Users.Search(call.me(), call.text("q"), call.limit()))
                    .map(found -> Answer.ok(new Page<User, String>(found, null))))
        .on(
            "getUser",
            call ->
                bus.ask(Addresses.USERS_GET, new Users.Get(call.me(), call.id("userId")))
                    .map(Answer::ok));
  }
}

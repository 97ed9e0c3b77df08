package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Bans;
import chat.parley.model.Page;

/** Who may not come into a room. */
final class BanRoutes implements Routes {
  private final Bus bus;

  BanRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "listBans",
            call ->
                bus.ask(Addresses.BANS_LIST, new Bans.ListOf(call.me(), call.id("roomId")))
                    .map(all -> Answer.ok(new Page<Bans.Ban, String>(all, null))))
        .on(
            "banMember",
            call ->
                bus.ask(
                        Addresses.BANS_ADD,
                        new Bans.Add(call.actor(), call.id("roomId"), call.id("userId")))
                    .map(banned -> Answer.noContent()))
        .on(
            "liftBan",
            call ->
                bus.ask(
                        Addresses.BANS_LIFT,
                        new Bans.Lift(call.actor(), call.id("roomId"), call.id("userId")))
                    .map(lifted -> Answer.noContent()));
  }
}

package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Activity;
import chat.parley.model.Connections;
import chat.parley.model.Page;
import chat.parley.model.ServerSetting;
import chat.parley.model.ServerStats;
import io.vertx.core.Future;

/** How the server is doing and how it is set up, for administrators. */
final class ServerStatsRoutes implements Routes {
  private static final int DAYS = 30;

  private final Bus bus;
  private final Pulse pulse;

  ServerStatsRoutes(Bus bus, Pulse pulse) {
    this.bus = bus;
    this.pulse = pulse;
  }

  @Override
  public void addTo(Api api) {
    api.on("getStats", this::stats)
        .on(
            "listSettings",
            call ->
                bus.ask(Addresses.SERVER_SETTINGS, null)
                    .map(all -> Answer.ok(new Page<ServerSetting, String>(all, null))));
  }

  private Future<Answer> stats(Call call) {
    Long days = call.number("days");
    Future<Activity> counted =
        bus.ask(Addresses.ACTIVITY_GET, days == null ? DAYS : days.intValue());
    Future<Connections.Gathered> gathered =
        bus.ask(Addresses.CONNECTIONS_FIND, Connections.Question.numbers());
    // A disk that cannot be asked is no reason to tell nothing of the rest.
    Future<Long> space =
        bus.ask(Addresses.SERVER_SPACE, null).recover(unknown -> Future.succeededFuture());
    return Future.all(counted, gathered, space)
        .map(
            all ->
                Answer.ok(
                    ServerStats.of(
                        counted.result(),
                        space.result(),
                        gathered.result(),
                        pulse.requests(),
                        pulse.lastHour())));
  }
}

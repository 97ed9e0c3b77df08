package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.NewRoom;
import chat.parley.model.Rooms;
import io.vertx.core.Future;

/** Rooms: making, finding, reading marks and catching up. */
final class RoomRoutes implements Routes {
  private final Bus bus;

  RoomRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "listRooms",
            call ->
                bus.ask(Addresses.ROOMS_LIST, new Rooms.ListMine(call.me(), call.number("since")))
                    .map(Answer::ok))
        .on("createRoom", this::create)
        .on(
            "searchDirectory",
            call ->
                bus.ask(
                        Addresses.ROOMS_DIRECTORY,
                        new Rooms.Directory(
                            call.me(), call.text("q"), call.text("after"), call.limit()))
                    .map(Answer::ok))
        .on(
            "getRoom",
            call ->
                bus.ask(Addresses.ROOMS_GET, new Rooms.Get(call.me(), call.id("roomId")))
                    .map(Answer::ok))
        .on(
            "markRead",
            call ->
                bus.ask(
                        Addresses.ROOMS_READ,
                        new Rooms.MarkRead(
                            call.actor(), call.id("roomId"), call.body(ReadBody.class).seq()))
                    .map(Answer::ok))
        .on(
            "syncRoom",
            call ->
                bus.ask(
                        Addresses.ROOMS_SYNC,
                        new Rooms.SyncSince(
                            call.me(), call.id("roomId"), call.number("since"), call.limit()))
                    .map(Answer::ok));
  }

  private Future<Answer> create(Call call) {
    return bus.ask(Addresses.ROOMS_CREATE, new Rooms.Create(call.actor(), call.body(NewRoom.class)))
        .map(made -> made.fresh() ? Answer.created(made.room()) : Answer.ok(made.room()));
  }

  private record ReadBody(long seq) {}
}

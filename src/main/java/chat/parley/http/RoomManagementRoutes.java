package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.MemberRole;
import chat.parley.model.RoomPictures;
import chat.parley.model.RoomSettings;
import chat.parley.model.Rooms;
import io.vertx.core.Future;

/** What a room is called, how it looks and is set up, who has which role there, and its end. */
final class RoomManagementRoutes implements Routes {
  private final Bus bus;

  RoomManagementRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on("changeRoom", this::change)
        .on(
            "deleteRoom",
            call ->
                bus.ask(Addresses.ROOMS_DELETE, new Rooms.Delete(call.actor(), call.id("roomId")))
                    .map(gone -> Answer.noContent()))
        .on("changeMember", this::changeRole)
        .on(
            "putRoomAvatar",
            call ->
                bus.ask(
                        Addresses.ROOM_PICTURES_UPLOAD,
                        new RoomPictures.Upload(call.actor(), call.id("roomId"), call.bytes()))
                    .map(Answer::ok))
        .on(
            "deleteRoomAvatar",
            call ->
                bus.ask(
                        Addresses.ROOM_PICTURES_KEEP,
                        new RoomPictures.Keep(call.actor(), call.id("roomId"), null))
                    .map(Answer::ok))
        .on(
            "getRoomAvatar",
            call ->
                bus.ask(
                        Addresses.ROOM_PICTURES_GET,
                        new RoomPictures.Get(call.me(), call.id("roomId")))
                    .map(picture -> PictureAnswer.to(call, picture)));
  }

  private Future<Answer> change(Call call) {
    RoomSettings wish = call.body(RoomSettings.class);
    return bus.ask(Addresses.ROOMS_CHANGE, new Rooms.Change(call.actor(), call.id("roomId"), wish))
        .map(Answer::ok);
  }

  private Future<Answer> changeRole(Call call) {
    MemberRole role = call.body(RoleBody.class).role();
    return bus.ask(
            Addresses.MEMBERS_CHANGE_ROLE,
            new Rooms.ChangeRole(call.actor(), call.id("roomId"), call.id("userId"), role))
        .map(Answer::ok);
  }

  private record RoleBody(MemberRole role) {}
}

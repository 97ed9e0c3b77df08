package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Rooms;

/** Who is in a room. */
final class MemberRoutes implements Routes {
  private final Bus bus;

  MemberRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "joinRoom",
            call ->
                bus.ask(Addresses.MEMBERS_JOIN, new Rooms.Join(call.actor(), call.id("roomId")))
                    .map(Answer::ok))
        .on(
            "leaveRoom",
            call ->
                bus.ask(Addresses.MEMBERS_LEAVE, new Rooms.Leave(call.actor(), call.id("roomId")))
                    .map(left -> Answer.noContent()))
        .on(
            "listMembers",
            call ->
                bus.ask(
                        Addresses.MEMBERS_LIST,
                        new Rooms.ListMembers(
                            call.me(),
                            call.id("roomId"),
                            call.id("after"),
                            call.text("q"),
                            call.limit()))
                    .map(Answer::ok))
        .on(
            "addMember",
            call ->
                bus.ask(
                        Addresses.MEMBERS_ADD,
                        new Rooms.AddMember(call.actor(), call.id("roomId"), call.id("userId")))
                    .map(Answer::ok))
        .on(
            "removeMember",
            call ->
                bus.ask(
                        Addresses.MEMBERS_REMOVE,
                        new Rooms.RemoveMember(call.actor(), call.id("roomId"), call.id("userId")))
                    .map(removed -> Answer.noContent()));
  }
}

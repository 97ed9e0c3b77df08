package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.OwnPlace;
import chat.parley.model.ReadMarks;

/** What I set in a room for myself, and how far its members have read. */
final class OwnPlaceRoutes implements Routes {
  private final Bus bus;

  OwnPlaceRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on(
            "changePlace",
            call ->
                bus.ask(
                        Addresses.PLACES_CHANGE,
                        new OwnPlace.Change(
                            call.actor(), call.id("roomId"), call.body(OwnPlace.Wish.class)))
                    .map(Answer::ok))
        .on(
            "listReadMarks",
            call ->
                bus.ask(
                        Addresses.READ_MARKS_LIST,
                        new ReadMarks.Of(
                            call.me(), call.id("roomId"), call.id("after"), call.limit()))
                    .map(Answer::ok));
  }
}

package chat.parley.http;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.OneMessage;
import chat.parley.model.Pins;
import io.vertx.core.Future;

/** What a room keeps in sight. */
final class PinRoutes implements Routes {
  private final Bus bus;

  PinRoutes(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void addTo(Api api) {
    api.on("pinMessage", call -> change(call, Addresses.PINS_ADD))
        .on("unpinMessage", call -> change(call, Addresses.PINS_REMOVE))
        .on(
            "listPins",
            call ->
                bus.ask(Addresses.PINS_LIST, new Pins.ListPins(call.me(), call.id("roomId")))
                    .map(Answer::ok));
  }

  private Future<Answer> change(Call call, Address<Pins.Pin, OneMessage> address) {
    return bus.ask(address, new Pins.Pin(call.actor(), call.id("roomId"), call.number("seq")))
        .map(Answer::ok);
  }
}

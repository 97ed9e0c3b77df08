package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Limit;
import chat.parley.model.Messages;
import chat.parley.model.NewForward;
import chat.parley.model.OneMessage;
import io.vertx.core.Future;
import java.util.UUID;

/** Repeating in one room what was said in another. */
final class ForwardRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  ForwardRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("forwardMessage", this::forward)
        .on(
            "getOrigin",
            call ->
                bus.ask(
                        Addresses.MESSAGES_ORIGIN,
                        new Messages.Get(call.me(), call.id("roomId"), call.number("seq")))
                    .map(Answer::ok));
  }

  private Future<Answer> forward(Call call) {
    limits.spend(Limit.MESSAGES_BY_USER, call.me().toString(), call.request().response());
    NewForward wish = call.body(NewForward.class);
    UUID clientId = MessageRoutes.clientId(wish.clientId(), call.id("Idempotency-Key"));
    return bus.ask(
            Addresses.MESSAGES_FORWARD,
            new Messages.Forward(
                call.actor(), call.id("roomId"), call.number("seq"), wish.roomId(), clientId))
        .map(stored -> Answer.created(new OneMessage(stored)));
  }
}

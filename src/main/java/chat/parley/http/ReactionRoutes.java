package chat.parley.http;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Limit;
import chat.parley.model.OneMessage;
import chat.parley.model.ReactionEmoji;
import chat.parley.model.Reactions;
import io.vertx.core.Future;

/** An emoji under a message. */
final class ReactionRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  ReactionRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("addReaction", call -> react(call, Addresses.REACTIONS_ADD))
        .on("removeReaction", call -> react(call, Addresses.REACTIONS_REMOVE))
        .on(
            "listReactors",
            call ->
                bus.ask(
                        Addresses.REACTIONS_WHO,
                        new Reactions.Who(
                            call.me(),
                            call.id("roomId"),
                            call.number("seq"),
                            emoji(call),
                            call.number("after"),
                            call.limit()))
                    .map(Answer::ok));
  }

  private Future<Answer> react(Call call, Address<Reactions.React, OneMessage> address) {
    limits.spend(Limit.MESSAGES_BY_USER, call.me().toString(), call.request().response());
    return bus.ask(
            address,
            new Reactions.React(call.actor(), call.id("roomId"), call.number("seq"), emoji(call)))
        .map(Answer::ok);
  }

  private static String emoji(Call call) {
    String emoji = ReactionEmoji.canonical(call.text("emoji"));
    if (emoji == null) {
      throw Problem.INVALID.at("emoji", "This is not one emoji");
    }
    return emoji;
  }
}

package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.model.Limit;
import chat.parley.model.MessageText;
import chat.parley.model.Messages;
import chat.parley.model.NewMessage;
import chat.parley.model.OneMessage;
import io.vertx.core.Future;
import java.util.UUID;

/** What is said in a room. */
final class MessageRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;

  MessageRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("listMessages", this::list)
        .on("postMessage", this::post)
        .on(
            "getMessage",
            call ->
                bus.ask(
                        Addresses.MESSAGES_GET,
                        new Messages.Get(call.me(), call.id("roomId"), call.number("seq")))
                    .map(Answer::ok));
  }

  private Future<Answer> list(Call call) {
    Long around = call.number("around");
    if (around != null) {
      if (call.number("before") != null || call.number("after") != null) {
        throw Problem.INVALID.at("around", "Give around or before or after, not both");
      }
      return bus.ask(
              Addresses.MESSAGES_AROUND,
              new Messages.ReadAround(call.me(), call.id("roomId"), around, call.limit()))
          .map(Answer::ok);
    }
    return bus.ask(Addresses.MESSAGES_PAGE, page(call)).map(Answer::ok);
  }

  /** Which page of a room is asked for. */
  static Messages.ReadPage page(Call call) {
    Long before = call.number("before");
    Long after = call.number("after");
    if (before != null && after != null) {
      throw Problem.INVALID.at("after", "Give before or after, not both");
    }
    return new Messages.ReadPage(call.me(), call.id("roomId"), before, after, call.limit());
  }

  private Future<Answer> post(Call call) {
    limits.spend(Limit.MESSAGES_BY_USER, call.me().toString(), call.request().response());
    NewMessage message = call.body(NewMessage.class);
    Messages.Context context = message.context();
    String wrong = MessageText.objectionBeside(context.carries(), message.words());
    if (wrong != null) {
      throw Problem.INVALID.at("/text", wrong);
    }
    UUID clientId = clientId(message.clientId(), call.id("Idempotency-Key"));
    return bus.ask(
            Addresses.MESSAGES_POST,
            new Messages.Post(call.actor(), call.id("roomId"), clientId, message.words(), context))
        .map(stored -> Answer.created(new OneMessage(stored)));
  }

  static UUID clientId(UUID inBody, UUID inHeader) {
    if (inBody != null && inHeader != null && !inBody.equals(inHeader)) {
      throw Problem.INVALID.at("Idempotency-Key", "This differs from the clientId in the body");
    }
    UUID given = inBody == null ? inHeader : inBody;
    return given == null ? Ids.next() : given;
  }
}
